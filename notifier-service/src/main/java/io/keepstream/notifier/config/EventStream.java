package io.keepstream.notifier.config;

import java.util.Map;

/**
 * The Kafka stream of all events.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param cluster the prefix of the topic's name
 * @param createTopics whether to create the topic where it is missing
 * @param properties any Kafka client property; these win over our own choices
 */
public record EventStream(
    String bootstrapServers, String cluster, boolean createTopics, Map<String, String> properties) {

  public EventStream {
    properties = Map.copyOf(properties);
  }

  /** The topic transitions go to. */
  public String transitionsTopic() {
    return cluster + ".transitions";
  }
}
