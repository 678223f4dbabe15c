package io.keepstream.lvs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceFeedTest {
  private static final Source BOOT_1 = new Source("n1", Service.ELECTION, "one");
  private static final Source BOOT_2 = new Source("n1", Service.ELECTION, "two");

  private final InstanceFeed feed = new InstanceFeed();

  private static VirtualRouterRef router(String name) {
    return new VirtualRouterRef(name, 33, "inet", "eth0");
  }

  private boolean hears(Source source, long sequence, Event event) {
    return feed.take(new Envelope(source, sequence, Instant.EPOCH, event));
  }

  private static Event becomes(VrrpState state) {
    return new VrrpEvent.InstanceChanged(router("V"), VrrpState.INIT, state, 1, null, null, null);
  }

  private boolean sees(Source source, long lastSequence, VrrpState state) {
    ServiceState.Instance instance =
        new ServiceState.Instance(router("V"), state, 1, null, null, null, List.of(), Map.of());
    return feed.take(
        new Snapshot(
            source,
            lastSequence,
            Instant.EPOCH,
            new ServiceState.Election(List.of(instance), List.of())));
  }

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(feed.states()).isEmpty();
    assertThat(feed.complete()).isFalse();
  }

  @Test
  void theLatestStateCounts() {
    assertThat(sees(BOOT_1, 3, VrrpState.BACKUP)).isTrue();
    assertThat(hears(BOOT_1, 4, becomes(VrrpState.MASTER))).isTrue();
    assertThat(hears(BOOT_1, 5, becomes(VrrpState.MASTER))).as("no news").isFalse();
    assertThat(hears(BOOT_1, 4, becomes(VrrpState.BACKUP))).as("heard before").isFalse();
    assertThat(sees(BOOT_1, 4, VrrpState.BACKUP)).as("older than the event").isFalse();
    assertThat(feed.states()).containsExactly(Map.entry("V", VrrpState.MASTER));
    assertThat(feed.complete()).isTrue();
  }

  @Test
  void aGapIsMadeUpForByASnapshot() {
    sees(BOOT_1, 3, VrrpState.BACKUP);
    hears(BOOT_1, 5, new VrrpEvent.OwnAddressHeard(router("V"), "10.0.0.1"));
    assertThat(feed.complete()).isFalse();
    assertThat(sees(BOOT_1, 5, VrrpState.MASTER)).isTrue();
    assertThat(feed.complete()).isTrue();
  }

  @Test
  void aNewStartForgetsNothingUntilItTells() {
    sees(BOOT_1, 3, VrrpState.MASTER);
    hears(BOOT_2, 1, new VrrpEvent.OwnAddressHeard(router("V"), "10.0.0.1"));
    assertThat(feed.states()).containsExactly(Map.entry("V", VrrpState.MASTER));
    assertThat(sees(BOOT_2, 1, VrrpState.BACKUP)).isTrue();
    assertThat(feed.states()).containsExactly(Map.entry("V", VrrpState.BACKUP));
  }

  @Test
  void anInstanceKeepsItsStateUnderAnotherName() {
    sees(BOOT_1, 3, VrrpState.MASTER);
    assertThat(hears(BOOT_1, 4, new VrrpEvent.Renamed(router("W"), VrrpState.MASTER, "V")))
        .isTrue();
    assertThat(feed.states()).containsExactly(Map.entry("W", VrrpState.MASTER));
  }
}
