package io.keepstream.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

class KafkaImageTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @BeforeAll
  static void check() {
    KafkaImage.unavailable().ifPresent(Assumptions::abort);
  }

  @Test
  void aRecordGoesInAndComesOut() throws Exception {
    DockerImageName image =
        DockerImageName.parse(KafkaImage.NAME).asCompatibleSubstituteFor("apache/kafka");
    try (KafkaContainer kafka = new KafkaContainer(image)) {
      kafka.start();
      String servers = kafka.getBootstrapServers();

      try (var producer =
          new KafkaProducer<>(
              Map.<String, Object>of("bootstrap.servers", servers),
              new StringSerializer(),
              new StringSerializer())) {
        producer.send(new ProducerRecord<>("edge.transitions", "VI_1", "MASTER")).get();
      }

      try (var consumer =
          new KafkaConsumer<>(
              Map.of(
                  "bootstrap.servers", servers, "group.id", "g", "auto.offset.reset", "earliest"),
              new StringDeserializer(),
              new StringDeserializer())) {
        consumer.subscribe(List.of("edge.transitions"));
        String value = Await.value(LIMIT, () -> "a record", () -> poll(consumer));
        assertThat(value).isEqualTo("MASTER");
      }
    }
  }

  private static Optional<String> poll(KafkaConsumer<String, String> consumer) {
    return StreamSupport.stream(consumer.poll(Duration.ofMillis(200)).spliterator(), false)
        .map(record -> record.value())
        .findFirst();
  }
}
