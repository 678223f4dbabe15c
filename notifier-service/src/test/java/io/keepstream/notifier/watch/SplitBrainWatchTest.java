package io.keepstream.notifier.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.ClusterEvent;
import io.keepstream.contract.event.ClusterEvent.Claim;
import io.keepstream.contract.event.ClusterEvent.SplitBrainEnded;
import io.keepstream.contract.event.ClusterEvent.SplitBrainSuspected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitBrainWatchTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long GRACE = 5 * SECOND;
  private static final String VIP = "10.0.0.1/24";

  private State state;
  private long now;

  @BeforeEach
  void begin() {
    state = State.EMPTY;
    now = SECOND;
  }

  @Test
  void twoFreshClaimsOfOneAddressAreToldOnceWhenTheyHaveLasted() {
    beat("a", 30);
    beat("b", 30);
    claim("a", VIP);
    assertThat(claim("b", VIP)).isEmpty();
    assertThat(state.deadlineNanos()).isEqualTo(now + GRACE);
    assertThat(timerAfter(4)).isEmpty();
    assertThat(timerAfter(1))
        .containsExactly(new SplitBrainSuspected(List.of(VIP), List.of(of("a"), of("b"))));
    assertThat(timerAfter(1)).isEmpty();
    assertThat(beat("a", 30)).isEmpty();
  }

  @Test
  void itsEndIsToldWhenOneYields() {
    suspected();
    now += 2 * SECOND;
    assertThat(release("a"))
        .containsExactly(new SplitBrainEnded(List.of(VIP), List.of(of("a"), of("b")), 7_000));
    assertThat(state.conflicts()).isEmpty();
  }

  @Test
  void aHandoverIsNoSplitBrain() {
    beat("a", 30);
    beat("b", 30);
    claim("a", VIP);
    claim("b", VIP);
    now += 4 * SECOND;
    assertThat(release("a")).isEmpty();
    assertThat(timerAfter(20)).isEmpty();
  }

  @Test
  void aNodeThatWasNeverHeardOfClaimsNothing() {
    beat("b", 30);
    claim("a", VIP);
    claim("b", VIP);
    assertThat(timerAfter(10)).isEmpty();
    assertThat(state.conflicts()).isEmpty();
  }

  @Test
  void aNodeThatVanishesIsStaleAndNoMasterAnyMore() {
    suspected();
    beat("b", 60);
    assertThat(timerAfter(26)).singleElement().isInstanceOf(SplitBrainEnded.class);
  }

  @Test
  void aNodeThatLeavesPolitelyIsNotBelievedFromThen() {
    suspected();
    assertThat(beat("a", 0)).singleElement().isInstanceOf(SplitBrainEnded.class);
  }

  @Test
  void twoInstancesOfOneNodeAreNoSplitBrain() {
    beat("a", 30);
    told("a/vrrp/VI_1", Optional.of(new Input.Claimed(of("a"), List.of(VIP))));
    told("a/vrrp/VI_2", Optional.of(new Input.Claimed(of("a"), List.of(VIP))));
    assertThat(timerAfter(10)).isEmpty();
  }

  @Test
  void othersAddressesAreNoSplitBrainThoughTheVridIsTheSame() {
    beat("a", 30);
    beat("b", 30);
    claim("a", VIP);
    claim("b", "10.9.9.9/24");
    assertThat(timerAfter(10)).isEmpty();
  }

  @Test
  void allAddressesOfTheSameClaimsAreOneMatter() {
    beat("a", 30);
    beat("b", 30);
    claim("a", VIP, "10.0.0.2/24", "10.0.0.3/24");
    claim("b", VIP, "10.0.0.2/24");
    assertThat(timerAfter(5))
        .singleElement()
        .extracting(ClusterEvent::addresses)
        .isEqualTo(List.of(VIP, "10.0.0.2/24"));
  }

  @Test
  void anEarlyTimerChangesNothing() {
    suspected();
    State before = state;
    assertThat(timerAfter(0)).isEmpty();
    assertThat(state).isEqualTo(before);
  }

  /** Any order of anything: told and ended alternate, and what is told is true at that moment. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverHappensToldAndEndedAlternate(long seed) {
    Random random = new Random(seed);
    List<ClusterEvent> events = new ArrayList<>();
    for (int step = 0; step < 5_000; step++) {
      now += random.nextLong(2 * SECOND);
      String node = random.nextBoolean() ? "a" : "b";
      List<ClusterEvent> said =
          switch (random.nextInt(5)) {
            case 0 -> claim(node, VIP);
            case 1 -> random.nextInt(8) == 0 ? release(node) : timerAfter(0);
            case 2, 3 -> beat(node, random.nextInt(12));
            default -> timerAfter(0);
          };
      for (ClusterEvent event : said) {
        if (event instanceof SplitBrainSuspected) {
          assertThat(state.freshUntil()).containsOnlyKeys("a", "b");
          assertThat(state.claimed()).hasSize(2);
        }
        events.add(event);
      }
      assertThat(state.deadlineNanos()).isGreaterThan(now - 1);
    }
    assertThat(events).hasSizeGreaterThan(4);
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i) instanceof SplitBrainSuspected).isEqualTo(i % 2 == 0);
    }
  }

  private void suspected() {
    beat("a", 30);
    beat("b", 30);
    claim("a", VIP);
    claim("b", VIP);
    assertThat(timerAfter(5)).hasSize(1);
  }

  private List<ClusterEvent> claim(String node, String... addresses) {
    return told(node + "/vrrp/VI_1", Optional.of(new Input.Claimed(of(node), List.of(addresses))));
  }

  private List<ClusterEvent> release(String node) {
    return told(node + "/vrrp/VI_1", Optional.empty());
  }

  private List<ClusterEvent> told(String key, Optional<Input.Claimed> claimed) {
    return take(new Input.Told(key, claimed));
  }

  private List<ClusterEvent> beat(String node, long seconds) {
    return take(new Input.Beat(node, seconds * SECOND));
  }

  private List<ClusterEvent> timerAfter(long seconds) {
    now += seconds * SECOND;
    return take(new Input.TimerExpired());
  }

  private List<ClusterEvent> take(Input input) {
    SplitBrainWatch.Transition next = SplitBrainWatch.next(GRACE, state, input, now);
    state = next.state();
    return next.events();
  }

  private static Claim of(String node) {
    return new Claim(node, "VI_1", 51, "eth0", Instant.EPOCH);
  }
}
