package io.keepstream.notifier.edge;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.ClusterEvent;
import io.keepstream.contract.event.ClusterEvent.Claim;
import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.broker.KafkaBroker;
import io.keepstream.notifier.config.EventStream;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of a cluster with a real broker between them, one of which watches. */
class ClusterWatchTest {
  @TempDir Path directory;
  private volatile VrrpState first = MASTER;
  private final BlockingQueue<ClusterEvent> seen = new LinkedBlockingQueue<>();

  @Test
  void twoMastersAreToldOnceWithBothClaimsAndThenTheirEnd() throws Exception {
    KafkaBroker broker = KafkaBroker.in(directory).start();
    try (RunningNotifier lb1 = node("lb1", broker, false);
        RunningNotifier lb2 = node("lb2", broker, true)) {
      lb2.publish(Events.instance("VI_1", BACKUP, MASTER));
      ClusterEvent suspected = next();
      assertThat(suspected).isInstanceOf(ClusterEvent.SplitBrainSuspected.class);
      assertThat(suspected.addresses()).containsExactly("10.0.0.1/24");
      assertThat(suspected.claims()).extracting(Claim::node).containsExactly("lb1", "lb2");
      writeNonsense(broker);

      first = BACKUP;
      lb1.publish(Events.instance("VI_1", MASTER, BACKUP));
      assertThat(next()).isInstanceOf(ClusterEvent.SplitBrainEnded.class);

      first = MASTER;
      lb1.publish(Events.instance("VI_1", BACKUP, MASTER));
      assertThat(next()).isInstanceOf(ClusterEvent.SplitBrainSuspected.class);
      lb1.stop();
      assertThat(next())
          .as("who left is no MASTER")
          .isInstanceOf(ClusterEvent.SplitBrainEnded.class);
      assertThat(seen).isEmpty();
    } finally {
      broker.stop();
    }
  }

  private ClusterEvent next() throws InterruptedException {
    ClusterEvent event = seen.poll(30, TimeUnit.SECONDS);
    assertThat(event).as("an event about the cluster").isNotNull();
    return event;
  }

  private static void writeNonsense(KafkaBroker broker) throws Exception {
    Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("edge.state", "lb9/vrrp/VI_1", "{nonsense")).get();
      producer.send(new ProducerRecord<>("edge.state", "lb9/node", "{}")).get();
    }
  }

  private RunningNotifier node(String name, KafkaBroker broker, boolean watch) {
    EventStream stream =
        new EventStream(
            broker.bootstrapServers(), "edge", true, Map.of(), watch, Duration.ofDays(1));
    RunningNotifier notifier =
        RunningNotifier.prepared(
            name,
            new NotifierConfig(
                Scripts.NONE, List.of(), List.of(), Optional.of(stream), Optional.empty()));
    notifier
        .vertx()
        .eventBus()
        .consumer(
            Bus.snapshotOf(Service.ELECTION),
            request -> request.reply(snapshot(name, name.equals("lb1") ? first : MASTER)));
    notifier
        .vertx()
        .eventBus()
        .<Envelope>consumer(
            Bus.EVENTS,
            said -> {
              if (said.body().event() instanceof ClusterEvent event) {
                seen.add(event);
              }
            });
    return notifier.start();
  }

  private static Snapshot snapshot(String node, VrrpState state) {
    ServiceState.Instance instance =
        new ServiceState.Instance(
            Events.router("VI_1"),
            state,
            5_000,
            Priority.of(100),
            TransitionCause.of(TransitionCause.Reason.STARTED),
            null,
            List.of("10.0.0.1/24"),
            Map.of());
    return new Snapshot(
        new Source(node, Service.ELECTION, "b00t"),
        1,
        Instant.now(),
        new ServiceState.Election(List.of(instance), List.of()));
  }
}
