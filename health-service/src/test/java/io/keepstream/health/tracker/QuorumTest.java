package io.keepstream.health.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuorumTest {
  private static final QuorumRules PLAIN = new QuorumRules(1, QuorumRules.UNLIMITED, 0, 0);
  private static final QuorumRules PATIENT = new QuorumRules(2, 3, 10, 100);

  @Test
  void theFirstCountDecides() {
    assertThat(Quorum.decided(PATIENT, 1)).isEqualTo(new Quorum(1, false, Quorum.NEVER));
    assertThat(Quorum.decided(PATIENT, 2)).isEqualTo(new Quorum(2, true, Quorum.NEVER));
    assertThat(Quorum.decided(PATIENT, 4).up()).isFalse();
  }

  @Test
  void withoutDelaysEachCountDecides() {
    Quorum up = Quorum.decided(PLAIN, 1);
    Quorum down = up.counted(PLAIN, 0, 5);
    assertThat(down).isEqualTo(new Quorum(0, false, Quorum.NEVER));
    assertThat(down.counted(PLAIN, 7, 6)).isEqualTo(new Quorum(7, true, Quorum.NEVER));
  }

  @Test
  void fewerAreWatchedForTheTerminateDelay() {
    Quorum watched = Quorum.decided(PATIENT, 2).counted(PATIENT, 1, 1000);
    assertThat(watched).isEqualTo(new Quorum(1, true, 1100));
    assertThat(watched.expired(PATIENT, 1099)).isEqualTo(watched);
    assertThat(watched.expired(PATIENT, 1100)).isEqualTo(new Quorum(1, false, Quorum.NEVER));
    assertThat(watched.counted(PATIENT, 2, 1050)).isEqualTo(new Quorum(2, true, Quorum.NEVER));
    assertThat(watched.counted(PATIENT, 0, 1050)).isEqualTo(new Quorum(0, true, 1100));
  }

  @Test
  void moreAreWatchedForTheForkDelay() {
    assertThat(Quorum.decided(PATIENT, 1).counted(PATIENT, 2, 1000))
        .isEqualTo(new Quorum(2, false, 1010));
    assertThat(Quorum.decided(PATIENT, 3).counted(PATIENT, 4, 1000))
        .isEqualTo(new Quorum(4, true, 1010));
  }

  @Test
  void saysWhatIsWanted() {
    assertThat(PLAIN.describe(0)).isEqualTo("0 running, at least 1 wanted");
    assertThat(PATIENT.describe(4)).isEqualTo("4 running, 2 to 3 wanted");
    assertThat(new QuorumRules(0, 0, 0, 0).describe(1)).isEqualTo("1 running, none wanted");
    assertThatThrownBy(() -> new QuorumRules(3, 2, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The verdict never differs from the count for longer than the longest delay. */
  @Test
  void theVerdictFollowsTheCount() {
    for (long seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Quorum quorum = Quorum.decided(PATIENT, random.nextInt(6));
      long differsSince = 0;
      for (long now = 1; now < 2000; now += 1 + random.nextInt(20)) {
        quorum =
            random.nextInt(10) == 0
                ? quorum.counted(PATIENT, random.nextInt(6), now)
                : quorum.expired(PATIENT, now);
        boolean agrees = quorum.up() == PATIENT.met(quorum.count());
        assertThat(quorum.deadlineNanos() == Quorum.NEVER).as("seed %d", seed).isEqualTo(agrees);
        differsSince = agrees ? now : differsSince;
        assertThat(now - differsSince).as("seed %d", seed).isLessThan(100 + 20);
      }
    }
  }
}
