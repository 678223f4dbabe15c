package io.keepstream.notifier.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Envelope;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.noise.Gathering.Gathered;
import io.keepstream.notifier.noise.Gathering.Numbered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration WAIT = Duration.ofSeconds(2);

  @Test
  void eventsWithinTheWaitOfTheFirstAreOneGroup() {
    Gathered gathered = gather(2000, 0, 500, 2000);
    assertThat(numbers(gathered)).containsExactly(List.of(0L, 1L, 2L));
    assertThat(gathered.heldFrom()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aGroupThatMayGrowIsHeld() {
    Gathered gathered = gather(5500, 0, 500, 5000, 5400);
    assertThat(numbers(gathered)).containsExactly(List.of(0L, 1L));
    assertThat(gathered.heldFrom()).isEqualTo(2);
    assertThat(gathered.completeAt()).isEqualTo(Optional.of(START.plusMillis(7000)));
  }

  @Test
  void aLaterEventCompletesIt() {
    assertThat(numbers(gather(2001, 0, 2001))).containsExactly(List.of(0L));
  }

  @Test
  void aFloodIsCutIntoGroups() {
    long[] flood = new long[250];
    Gathered gathered = gather(0, flood);
    assertThat(numbers(gathered)).hasSize(2).allMatch(group -> group.size() == Gathering.MOST);
    assertThat(gathered.heldFrom()).isEqualTo(200);
  }

  @Test
  void aClockThatWasSetBackHoldsNothing() {
    assertThat(numbers(gather(-10_000, 0, 1))).containsExactly(List.of(0L, 1L));
  }

  @Test
  void withoutAWaitEachIsAlone() {
    Gathered gathered = Gathering.gather(Duration.ZERO, events(0, 0, 1), START);
    assertThat(numbers(gathered)).containsExactly(List.of(0L), List.of(1L), List.of(2L));
  }

  @Test
  void nothingIsInNoGroup() {
    assertThat(gather(0)).isEqualTo(new Gathered(List.of(), Long.MAX_VALUE, Optional.empty()));
  }

  @Test
  void whenItIsLookedAtMakesNoDifference() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Numbered> events = events(random.longs(50, 0, 60_000).sorted().toArray());
      List<List<Long>> atOnce =
          numbers(Gathering.gather(WAIT, events, START.plusSeconds(100)));
      List<List<Long>> inSteps = new ArrayList<>();
      List<Numbered> left = events;
      for (Instant now = START; !left.isEmpty(); now = now.plusMillis(random.nextLong(3000))) {
        Instant then = now;
        List<Numbered> there =
            left.stream().filter(e -> !e.envelope().occurredAt().isAfter(then)).toList();
        Gathered gathered = Gathering.gather(WAIT, there, now);
        inSteps.addAll(numbers(gathered));
        int done = gathered.groups().stream().mapToInt(List::size).sum();
        left = left.subList(done, left.size());
      }
      assertThat(inSteps).as("seed %d", seed).isEqualTo(atOnce);
    }
  }

  private static Gathered gather(long nowMillis, long... atMillis) {
    return Gathering.gather(WAIT, events(atMillis), START.plusMillis(nowMillis));
  }

  private static List<Numbered> events(long... atMillis) {
    return LongStream.range(0, atMillis.length)
        .mapToObj(number -> new Numbered(number, at(number, atMillis[(int) number])))
        .toList();
  }

  private static Envelope at(long number, long millis) {
    Envelope any = Events.envelope(number, Events.down());
    return new Envelope(any.source(), number, START.plusMillis(millis), any.event());
  }

  private static List<List<Long>> numbers(Gathered gathered) {
    return gathered.groups().stream()
        .map(group -> group.stream().map(Numbered::number).toList())
        .toList();
  }
}
