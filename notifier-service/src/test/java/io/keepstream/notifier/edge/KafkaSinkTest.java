package io.keepstream.notifier.edge;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.broker.KafkaBroker;
import io.keepstream.notifier.config.EventStream;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real notifier against a real broker that is killed and comes back. */
class KafkaSinkTest {
  private static final String TOPIC = "edge.transitions";
  private static final String SINK = "kafka " + TOPIC;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

  @TempDir Path directory;
  private KafkaBroker broker;

  @BeforeEach
  void prepare() throws Exception {
    broker = KafkaBroker.in(directory);
  }

  @AfterEach
  void stopBroker() throws Exception {
    broker.stop();
  }

  @Test
  void anEventArrivesAsACloudEventKeyedByItsSubject() throws Exception {
    broker.start();
    try (RunningNotifier notifier = with(true)) {
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      notifier.awaitDelivered(SINK, 1);
      ConsumerRecord<String, String> record = broker.read(TOPIC, 1).getFirst();
      assertThat(record.key()).isEqualTo("vrrp/VI_1");
      JsonObject value = new JsonObject(record.value());
      assertThat(value.getString("type")).isEqualTo("io.keepstream.vrrp.instance.changed.v1");
      assertThat(value.getString("to")).isEqualTo("MASTER");
      Map<String, String> headers = headers(record);
      assertThat(Instant.parse(headers.remove("ce_time"))).isBeforeOrEqualTo(Instant.now());
      assertThat(headers)
          .isEqualTo(
              Map.of(
                  "content-type", "application/json",
                  "ce_specversion", "1.0",
                  "ce_id", "lb1/election/b00t/1",
                  "ce_source", "/lb1/election",
                  "ce_type", "io.keepstream.vrrp.instance.changed.v1",
                  "ce_subject", "vrrp/VI_1",
                  "ce_sequence", "1",
                  "ce_bootid", "b00t"));
      assertThat(notifier.alsoSaid()).isEmpty();
      assertThat(notifier.stop()).isLessThan(STOP_LIMIT);
    }
  }

  @Test
  void nothingIsLostWhenTheBrokerIsKilledAndComesBack() throws Exception {
    broker.start();
    Map<String, String> impatient =
        Map.of("delivery.timeout.ms", "1500", "request.timeout.ms", "1000");
    try (RunningNotifier notifier =
        RunningNotifier.with(
            config(new EventStream(broker.bootstrapServers(), "edge", true, impatient)))) {
      publish(notifier, 0, 300);
      notifier.awaitDelivered(SINK, 1);
      broker.kill();
      publish(notifier, 300, 600);
      assertThat(notifier.nextSaid()).isInstanceOf(DeliveryEvent.Failing.class);
      publish(notifier, 600, 900);
      broker.start();
      DeliveryEvent.Recovered recovered = (DeliveryEvent.Recovered) notifier.nextSaid();
      assertThat(recovered.dropped()).isZero();
      notifier.awaitDelivered(SINK, 900);
      assertCompleteAndInOrder(broker.read(TOPIC, 900), 900);
    }
  }

  @Test
  void aBrokerThatComesLateGetsAll() throws Exception {
    try (RunningNotifier notifier = with(true)) {
      publish(notifier, 0, 50);
      assertThat(notifier.nextSaid().summary())
          .startsWith("Delivery to " + SINK + " fails: " + broker.bootstrapServers());
      broker.start();
      notifier.awaitDelivered(SINK, 50);
      assertCompleteAndInOrder(broker.read(TOPIC, 50), 50);
    }
  }

  @Test
  void aMissingTopicIsSaidWhereWeMayNotCreateIt() throws Exception {
    broker.start();
    try (RunningNotifier notifier = with(false)) {
      publish(notifier, 0, 1);
      assertThat(notifier.nextSaid().summary()).contains(TOPIC + " not present in metadata");
    }
  }

  @Test
  void wrongPropertiesAreSaidAndHurtNothingElse() throws Exception {
    Map<String, String> wrong = Map.of("acks", "most");
    try (RunningNotifier notifier =
        RunningNotifier.with(
            config(new EventStream(broker.bootstrapServers(), "edge", false, wrong)))) {
      assertThat(notifier.nextSaid().summary()).contains("acks").contains("most");
    }
  }

  @Test
  void theEndDoesNotWaitForABrokerThatDied() throws Exception {
    broker.start();
    try (RunningNotifier notifier = with(true)) {
      publish(notifier, 0, 1);
      notifier.awaitDelivered(SINK, 1);
      broker.kill();
      publish(notifier, 1, 100);
      assertThat(notifier.stop()).isLessThan(STOP_LIMIT);
    }
  }

  @Test
  void theEndDoesNotWaitForABrokerThatNeverWas() throws Exception {
    try (RunningNotifier notifier = with(true)) {
      publish(notifier, 0, 100);
      assertThat(notifier.stop()).isLessThan(STOP_LIMIT);
    }
  }

  private RunningNotifier with(boolean createTopics) {
    return RunningNotifier.with(
        config(new EventStream(broker.bootstrapServers(), "edge", createTopics, Map.of())));
  }

  private static NotifierConfig config(EventStream stream) {
    return new NotifierConfig(
        Scripts.NONE, List.of(), List.of(), Optional.of(stream), Optional.empty());
  }

  /** Events of seven subjects; the sequence numbers are {@code from + 1} to {@code to}. */
  private static void publish(RunningNotifier notifier, int from, int to) {
    for (int i = from; i < to; i++) {
      VrrpState state = i % 2 == 0 ? MASTER : BACKUP;
      VrrpEvent event = Events.instance("VI_" + i % 7, state, state);
      notifier.publish(event);
    }
  }

  /** A record may be there twice, but only next to itself among those of its key. */
  private static void assertCompleteAndInOrder(
      List<ConsumerRecord<String, String>> records, int count) {
    Map<String, Set<Long>> byKey = new LinkedHashMap<>();
    for (ConsumerRecord<String, String> record : records) {
      long sequence = Long.parseLong(headers(record).getOrDefault("ce_sequence", "0"));
      if (headers(record).get("ce_source").equals("/lb1/election")) {
        byKey.computeIfAbsent(record.key(), key -> new LinkedHashSet<>()).add(sequence);
      }
    }
    assertThat(byKey.values())
        .allSatisfy(sequences -> assertThat(List.copyOf(sequences)).isSorted());
    assertThat(byKey.values().stream().flatMap(Set::stream).sorted())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, count).boxed().collect(Collectors.toList()));
  }

  private static Map<String, String> headers(ConsumerRecord<String, String> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return headers;
  }
}
