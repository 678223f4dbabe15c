package io.keepstream.notifier.edge;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.FAULT;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.broker.KafkaBroker;
import io.keepstream.notifier.config.EventStream;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.testkit.kafka.KafkaImage;
import io.keepstream.testkit.schema.PublishedSchemas;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The notifier and a broker in a container, as it is deployed. */
class KafkaContainerTest {
  private static final String TOPIC = "edge.transitions";
  private static final String TYPE = "io.keepstream.vrrp.instance.changed.v1";

  @BeforeAll
  static void check() {
    KafkaImage.unavailable().ifPresent(Assumptions::abort);
  }

  @Test
  void transitionsArriveInTheOrderOfTheirSubject() throws Exception {
    DockerImageName image =
        DockerImageName.parse(KafkaImage.NAME).asCompatibleSubstituteFor("apache/kafka");
    try (KafkaContainer kafka = new KafkaContainer(image)) {
      kafka.start();
      String servers = kafka.getBootstrapServers();
      EventStream stream = new EventStream(servers, "edge", true, Map.of());
      NotifierConfig config =
          new NotifierConfig(
              Scripts.NONE, List.of(), List.of(), Optional.of(stream), Optional.empty());
      try (RunningNotifier notifier = RunningNotifier.with(config)) {
        notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
        notifier.publish(Events.instance("VI_1", MASTER, FAULT));
        notifier.publish(Events.instance("VI_1", FAULT, BACKUP));
        notifier.awaitDelivered("kafka " + TOPIC, 3);
      }
      PublishedSchemas schemas = new PublishedSchemas();
      assertThat(KafkaBroker.read(servers, TOPIC, 3))
          .allMatch(record -> record.key().equals("vrrp/VI_1"))
          .allMatch(record -> header(record, "ce_type").equals(TYPE))
          .allMatch(record -> header(record, "ce_source").equals("/lb1/election"))
          .allSatisfy(
              record ->
                  assertThat(
                          schemas.errors(
                              TYPE + ".json", new ObjectMapper().readTree(record.value())))
                      .isEmpty())
          .extracting(record -> header(record, "ce_id") + " " + state(record))
          .containsExactly(
              "lb1/election/b00t/1 MASTER",
              "lb1/election/b00t/2 FAULT",
              "lb1/election/b00t/3 BACKUP");
    }
  }

  private static String header(ConsumerRecord<String, String> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static String state(ConsumerRecord<String, String> record) {
    return new JsonObject(record.value()).getString("to");
  }
}
