package io.keepstream.notifier.edge;

import io.keepstream.notifier.config.EventStream;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.consumer.KafkaConsumer;
import io.vertx.kafka.client.producer.KafkaProducer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes Kafka clients. The user's own properties win over ours. */
final class KafkaClients {
  private static final Map<String, String> PRODUCER =
      Map.of(
          "acks", "all",
          "enable.idempotence", "true",
          "linger.ms", "0",
          "max.block.ms", "500",
          "request.timeout.ms", "5000",
          "delivery.timeout.ms", "10000",
          "reconnect.backoff.max.ms", "2000");

  private static final Map<String, String> CONSUMER =
      Map.of(
          "enable.auto.commit", "false",
          "auto.offset.reset", "earliest",
          "default.api.timeout.ms", "5000",
          "reconnect.backoff.max.ms", "2000");

  private KafkaClients() {}

  /** A producer; blocks, as loading the client's classes takes half a second. */
  static KafkaProducer<String, byte[]> producer(Vertx vertx, EventStream stream) {
    Map<String, String> config = new HashMap<>(PRODUCER);
    config.putAll(stream.properties());
    config.put("bootstrap.servers", stream.bootstrapServers());
    return KafkaProducer.create(vertx, config, new StringSerializer(), new ByteArraySerializer());
  }

  /** A consumer of its own, in no group; blocks. */
  static KafkaConsumer<String, byte[]> consumer(Vertx vertx, EventStream stream) {
    Map<String, String> config = new HashMap<>(CONSUMER);
    config.putAll(stream.properties());
    config.put("bootstrap.servers", stream.bootstrapServers());
    return KafkaConsumer.create(
        vertx, config, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
