package io.keepstream.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Service;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.runtime.ContractCodec;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Map<Service, Long> seenNanos = new EnumMap<>(Service.class);
  private Snapshots snapshots;

  @BeforeEach
  void listen() {
    ContractCodec.register(vertx);
    snapshots = new Snapshots(vertx.eventBus(), Set.of(Service.ELECTION), this::seen);
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private OptionalLong seen(Service service) {
    Long nanos = seenNanos.get(service);
    return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
  }

  private ServiceReport of(Service service) {
    return snapshots.ask().await().of(service);
  }

  private void saw(Service service, long agoSeconds) {
    seenNanos.put(service, System.nanoTime() - TimeUnit.SECONDS.toNanos(agoSeconds));
  }

  @Test
  void whoseProcessWasNeverThereIsUnknown() {
    assertThat(of(Service.HEALTH).known()).isFalse();
    assertThat(of(Service.ELECTION).known()).isTrue();
  }

  @Test
  void whoNeverAnsweredIsMissingSinceItsProcessWasSeen() {
    saw(Service.HEALTH, 9);
    ServiceReport health = of(Service.HEALTH);
    assertThat(health.known()).isTrue();
    assertThat(health.answered()).isFalse();
    assertThat(health.ageMillis()).isNull();
    assertThat(health.missingMillis()).isGreaterThanOrEqualTo(9_000);
  }

  @Test
  void whoAnswersIsNotMissing() {
    saw(Service.LVS, 9);
    Snapshot snapshot = Reports.fresh(Service.LVS, Reports.lvs(true)).snapshot();
    var lvs =
        vertx.eventBus().consumer(Bus.snapshotOf(Service.LVS), asked -> asked.reply(snapshot));
    assertThat(of(Service.LVS).missingMillis()).isNull();
    lvs.unregister().await();
    ServiceReport lost = of(Service.LVS);
    assertThat(lost.missingMillis()).isNull();
    assertThat(lost.answered()).isFalse();
    assertThat(lost.snapshot()).isEqualTo(snapshot);
  }

  @Test
  void whatOthersPublishIsKeptAndOnlyWhoIsAskedForIsTold() {
    Snapshot published = Reports.fresh(Service.LVS, Reports.lvs(true)).snapshot();
    vertx.eventBus().publish(Bus.SNAPSHOTS, published);
    assertThat(of(Service.LVS).snapshot()).isEqualTo(published);
    assertThat(snapshots.askOwn().await().services())
        .extracting(ServiceReport::service)
        .containsExactly(Service.ELECTION);
  }
}
