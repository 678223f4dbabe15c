package io.keepstream.notifier.config;

import java.time.Duration;
import java.util.Map;

/**
 * The Kafka stream of all events.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param cluster the prefix of the topic's name
 * @param createTopics whether to create the topic where it is missing
 * @param properties any Kafka client property; these win over our own choices
 * @param watch whether to look for two nodes that claim the same addresses
 * @param giveUpAfter from the first attempt until an event is a dead letter; zero for never
 */
public record EventStream(
    String bootstrapServers,
    String cluster,
    boolean createTopics,
    Map<String, String> properties,
    boolean watch,
    Duration giveUpAfter) {

  public EventStream {
    properties = Map.copyOf(properties);
  }

  /** Without a watch over the cluster. */
  public EventStream(
      String bootstrapServers,
      String cluster,
      boolean createTopics,
      Map<String, String> properties) {
    this(bootstrapServers, cluster, createTopics, properties, false, Webhook.DEFAULT_GIVE_UP_AFTER);
  }

  /** The compacted topic of current state. */
  public String stateTopic() {
    return cluster + ".state";
  }

  /** The topic transitions go to. */
  public String transitionsTopic() {
    return cluster + ".transitions";
  }
}
