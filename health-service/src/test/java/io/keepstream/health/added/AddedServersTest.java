package io.keepstream.health.added;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.OperatorEvent.OverrideCleared;
import io.keepstream.contract.event.OperatorEvent.OverrideSet;
import io.keepstream.contract.event.OverrideKind;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.ServiceState.ServerOverride;
import io.keepstream.contract.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddedServersTest {
  private static final Source LVS = new Source("n", Service.LVS, "boot");
  private static final BackendRef NEW = new BackendRef("[10.1.1.1]:tcp:80", "[10.2.0.9]:tcp:80");
  private static final BackendRef OTHER = new BackendRef("[10.1.1.1]:tcp:80", "[10.2.0.8]:tcp:80");

  private final AddedServers added = new AddedServers();

  private boolean set(long sequence, OverrideKind kind, int weight) {
    return added.take(
        new Envelope(
            LVS, sequence, Instant.EPOCH, new OverrideSet(NEW, kind, weight, "root", null)));
  }

  private boolean cleared(long sequence, OverrideKind kind) {
    return added.take(
        new Envelope(LVS, sequence, Instant.EPOCH, new OverrideCleared(NEW, kind, "by root", 1)));
  }

  private boolean seen(long sequence, BackendRef... backends) {
    List<ServerOverride> overrides =
        List.of(backends).stream()
            .map(
                each ->
                    new ServerOverride(each, OverrideKind.ADDED, "root", null, 1, 2, null, null))
            .toList();
    return added.take(
        new Snapshot(
            LVS,
            sequence,
            Instant.EPOCH,
            new ServiceState.Lvs("ipvs", List.of(), List.of(), null, overrides, null)));
  }

  @Test
  void ordersAddAndRemove() {
    assertThat(set(1, OverrideKind.ADDED, 4)).isTrue();
    assertThat(set(2, OverrideKind.ADDED, 4)).isFalse();
    assertThat(set(3, OverrideKind.ADDED, 5)).isTrue();
    assertThat(added.weights()).containsExactly(java.util.Map.entry(NEW, 5));
    assertThat(set(4, OverrideKind.WEIGHT, 9)).isFalse();
    assertThat(cleared(5, OverrideKind.WEIGHT)).isFalse();
    assertThat(cleared(6, OverrideKind.ADDED)).isTrue();
    assertThat(cleared(7, OverrideKind.ADDED)).isFalse();
    assertThat(added.weights()).isEmpty();
  }

  @Test
  void aSnapshotIsAllThereIsUnlessItIsOld() {
    set(5, OverrideKind.ADDED, 2);
    assertThat(seen(4)).as("older than the order").isFalse();
    assertThat(seen(5, NEW)).isFalse();
    assertThat(seen(6, OTHER)).isTrue();
    assertThat(added.weights()).containsOnlyKeys(OTHER);
    assertThat(seen(7)).isTrue();
    assertThat(added.weights()).isEmpty();
  }
}
