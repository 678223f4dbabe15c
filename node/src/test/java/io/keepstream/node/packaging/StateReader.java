package io.keepstream.node.packaging;

import io.keepstream.lab.LabHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topic of a cluster's state from outside, on a host that is no node. */
final class StateReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  private StateReader(LabHost host, String broker, String topic) {
    Thread.ofPlatform()
        .daemon()
        .name("reader of " + topic)
        .start(() -> host.inside(() -> read(broker, topic)));
  }

  /** Reads all of {@code topic} until closed. */
  static StateReader start(LabHost host, String broker, String topic) {
    return host.lab().own(new StateReader(host, broker, topic));
  }

  /** Records as {@code key value}, the oldest first. */
  List<String> seen() {
    return seen;
  }

  private Void read(String broker, String topic) {
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers",
            broker,
            "auto.offset.reset",
            "earliest",
            "allow.auto.create.topics",
            "false",
            "metadata.max.age.ms",
            "1000");
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      while (!closed && consumer.assignment().isEmpty()) {
        consumer.assign(
            consumer.listTopics().getOrDefault(topic, List.of()).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList());
      }
      consumer.seekToBeginning(consumer.assignment());
      while (!closed) {
        consumer.poll(POLL).forEach(record -> seen.add(record.key() + " " + record.value()));
      }
    }
    return null;
  }

  @Override
  public void close() {
    closed = true;
  }
}
