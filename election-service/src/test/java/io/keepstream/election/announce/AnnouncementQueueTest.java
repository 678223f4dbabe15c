package io.keepstream.election.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.election.announce.AnnouncementQueue.Turn;
import io.keepstream.election.announce.Pacing.Gaps;
import io.keepstream.election.announce.Pacing.Group;
import io.keepstream.election.announce.Pacing.Lane;
import io.keepstream.testkit.Proves;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnouncementQueueTest {
  private static final long GAP = 1000;
  private static final Lane SLOW = new Lane(Set.of("eth0"), false, GAP);
  private static final Lane OTHER = new Lane(Set.of("eth1"), false, GAP);
  private static final Lane FREE = new Lane(Set.of("eth2"), false, 0);

  private final AnnouncementQueue<String, String> queue = new AnnouncementQueue<>();
  private long nowNanos = 50_000;

  @Test
  void withoutAGapEverythingGoesAtOnceRoundByRound() {
    add("A", "1", FREE, 2);
    add("A", "2", FREE, 2);
    add("A", "3", FREE, 2);
    assertThat(pollAll()).containsExactly("A1", "A2", "A3", "A1", "A2", "A3");
    assertThat(queue.deadlineNanos()).isEqualTo(AnnouncementQueue.NEVER);
  }

  @Test
  @Proves("VR-076")
  void aGapLetsOneThroughAtATime() {
    add("A", "1", SLOW, 2);
    add("A", "2", SLOW, 1);
    assertThat(pollAll()).containsExactly("A1");
    assertThat(queue.deadlineNanos()).isEqualTo(nowNanos + GAP);
    nowNanos += GAP - 1;
    assertThat(pollAll()).isEmpty();
    nowNanos++;
    assertThat(pollAll()).containsExactly("A2");
    nowNanos += GAP;
    assertThat(pollAll()).containsExactly("A1");
    nowNanos += 100 * GAP;
    assertThat(pollAll()).isEmpty();
  }

  @Test
  void theGapHoldsAcrossBursts() {
    add("A", "1", SLOW, 1);
    assertThat(pollAll()).hasSize(1);
    add("A", "1", SLOW, 1);
    assertThat(pollAll()).isEmpty();
    nowNanos += GAP;
    assertThat(pollAll()).containsExactly("A1");
  }

  @Test
  void burstsThatLieOnOneAnotherAreNotAddedUp() {
    add("A", "1", SLOW, 3);
    add("A", "1", SLOW, 5);
    add("A", "1", SLOW, 2);
    assertThat(run(20)).hasSize(5);
  }

  @Test
  void oneAddressDoesNotWaitForTheHundredsOfAnother() {
    for (int i = 0; i < 200; i++) {
      add("A", "-" + i, SLOW, 5);
    }
    add("B", "1", SLOW, 5);
    assertThat(run(10)).filteredOn(turn -> turn.startsWith("B")).hasSize(5);
    assertThat(run(2000)).hasSize(1000 - 5);
  }

  @Test
  void lanesWithoutGapsTakeTurns() {
    Lane free = new Lane(Set.of("eth3"), false, 0);
    for (int i = 1; i <= 3; i++) {
      add("A", "" + i, FREE, 1);
    }
    add("B", "1", free, 2);
    assertThat(pollAll()).containsExactly("A1", "B1", "A2", "B1", "A3");
  }

  @Test
  void lanesDoNotWaitForOneAnother() {
    add("A", "1", SLOW, 5);
    add("A", "2", OTHER, 5);
    assertThat(run(5)).hasSize(10);
  }

  @Test
  @Proves("VR-070")
  void whoLeavesIsForgotten() {
    add("A", "1", SLOW, 5);
    add("B", "2", SLOW, 1);
    queue.forget("A");
    assertThat(run(20)).containsExactly("B2");
    queue.forget("B");
    assertThat(queue.deadlineNanos()).isEqualTo(AnnouncementQueue.NEVER);
  }

  @Test
  void onlyAddressesThatAreLeftAreAnnounced() {
    add("A", "1", SLOW, 2);
    add("A", "2", SLOW, 2);
    add("B", "1", SLOW, 1);
    queue.retain("A", Set.of("2"));
    queue.retain("B", Set.of());
    assertThat(run(20)).containsExactly("A2", "A2");
  }

  @Test
  void interfacesOfAGroupShareItsGap() {
    Pacing pacing =
        new Pacing(new Gaps(1, 2), List.of(new Group(new Gaps(10, 20), Set.of("eth0", "eth1"))));
    assertThat(pacing.lane("eth0", false)).isEqualTo(pacing.lane("eth1", false));
    assertThat(pacing.lane("eth0", false).gapNanos()).isEqualTo(10);
    assertThat(pacing.lane("eth0", true).gapNanos()).isEqualTo(20);
    assertThat(pacing.lane("eth5", false).gapNanos()).isEqualTo(1);
    assertThat(pacing.lane("eth5", true)).isEqualTo(new Lane(Set.of("eth5"), true, 2));
    assertThat(pacing.lane("eth6", true)).isNotEqualTo(pacing.lane("eth5", true));
  }

  private void add(String owner, String address, Lane lane, int rounds) {
    queue.add(new Turn<>(owner, address), lane, rounds, nowNanos);
  }

  private List<String> run(int gaps) {
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < gaps; i++) {
      seen.addAll(pollAll());
      nowNanos += GAP;
    }
    return seen;
  }

  private List<String> pollAll() {
    List<String> seen = new ArrayList<>();
    for (Turn<String, String> turn = queue.poll(nowNanos);
        turn != null;
        turn = queue.poll(nowNanos)) {
      seen.add(turn.owner() + turn.address());
    }
    return seen;
  }
}
