package io.keepstream.notifier.edge;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.lab.Await;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.broker.KafkaBroker;
import io.keepstream.notifier.config.EventStream;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real notifier with an election-service that the test plays, and a real broker. */
class StateStreamTest {
  private static final String TOPIC = "edge.state";
  private static final Source ELECTION = new Source("lb1", Service.ELECTION, "b00t");

  @TempDir Path directory;
  private KafkaBroker broker;
  private volatile List<ServiceState.Instance> instances = List.of();

  @BeforeEach
  void prepare() throws Exception {
    broker = KafkaBroker.in(directory);
  }

  @AfterEach
  void stopBroker() throws Exception {
    broker.stop();
  }

  @Test
  void theTopicHoldsTheLastOfEachSubjectAndWhetherTheNodeIsThere() throws Exception {
    broker.start();
    instances = List.of(instance("VI_1", MASTER), instance("VI_2", BACKUP));
    try (RunningNotifier notifier = notifier()) {
      Instant started = Instant.now();
      awaitState("vrrp/VI_1", "MASTER");
      awaitState("vrrp/VI_2", "BACKUP");
      JsonObject value = value("vrrp/VI_1");
      assertThat(Instant.parse(value.getString("since")))
          .isBetween(started.minusSeconds(20), started.minusSeconds(4));
      assertThat(value.getJsonObject("state").getJsonArray("addresses")).contains("10.0.0.1/24");
      assertThat(value.getJsonObject("state").fieldNames()).doesNotContain("ageMillis", "counters");
      assertThat(isCompacted()).isTrue();

      instances = List.of(instance("VI_1", BACKUP));
      notifier.publish(Events.instance("VI_1", MASTER, BACKUP));
      awaitState("vrrp/VI_1", "BACKUP");
      Await.until(
          RunningNotifier.LIMIT,
          "a tombstone",
          () -> last("vrrp/VI_2").filter(record -> record.value() == null).isPresent());

      JsonObject node = value("node").getJsonObject("state");
      assertThat(node.getBoolean("alive")).isTrue();
      assertThat(Instant.parse(node.getString("freshUntil"))).isAfter(Instant.now());
      notifier.stop();
      assertThat(value("node").getJsonObject("state").getBoolean("alive")).isFalse();
    }
    ConsumerRecord<String, String> record = last("vrrp/VI_1").orElseThrow();
    assertThat(new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
        .isEqualTo("io.keepstream.state.v1");
  }

  @Test
  void aBrokerThatComesLateGetsWhatIsSoByThen() throws Exception {
    instances = List.of(instance("VI_1", BACKUP));
    try (RunningNotifier notifier = notifier()) {
      notifier.publish(Events.instance("VI_1", BACKUP, BACKUP));
      instances = List.of(instance("VI_1", MASTER));
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      broker.start();
      awaitState("vrrp/VI_1", "MASTER");
      broker.kill();
      instances = List.of(instance("VI_1", BACKUP));
      notifier.publish(Events.instance("VI_1", MASTER, BACKUP));
      broker.start();
      awaitState("vrrp/VI_1", "BACKUP");
    }
  }

  private void awaitState(String subject, String state) {
    Await.until(
        RunningNotifier.LIMIT.multipliedBy(2),
        subject + " is " + state,
        () ->
            last(subject)
                .map(record -> new JsonObject(record.value()).getJsonObject("state"))
                .filter(found -> state.equals(found.getString("state")))
                .isPresent());
  }

  private JsonObject value(String subject) {
    return new JsonObject(last(subject).orElseThrow().value());
  }

  private Optional<ConsumerRecord<String, String>> last(String subject) {
    return broker.readAll(TOPIC).stream()
        .filter(record -> record.key().equals("lb1/" + subject))
        .reduce((first, second) -> second);
  }

  private boolean isCompacted() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
      return admin
          .describeConfigs(List.of(topic))
          .all()
          .get()
          .get(topic)
          .get("cleanup.policy")
          .value()
          .equals("compact");
    }
  }

  private RunningNotifier notifier() {
    EventStream stream = new EventStream(broker.bootstrapServers(), "edge", true, Map.of());
    NotifierConfig config =
        new NotifierConfig(
            Scripts.NONE, List.of(), List.of(), Optional.of(stream), Optional.empty());
    RunningNotifier notifier = RunningNotifier.prepared(config);
    notifier
        .vertx()
        .eventBus()
        .consumer(
            Bus.snapshotOf(Service.ELECTION),
            request ->
                request.reply(
                    new Snapshot(
                        ELECTION,
                        1,
                        Instant.now(),
                        new ServiceState.Election(instances, List.of()))));
    return notifier.start();
  }

  private static ServiceState.Instance instance(String name, VrrpState state) {
    return new ServiceState.Instance(
        Events.router(name),
        state,
        5_000,
        Priority.of(100),
        TransitionCause.of(TransitionCause.Reason.STARTED),
        null,
        List.of("10.0.0.1/24"),
        Map.of("advertsSent", System.nanoTime()));
  }
}
