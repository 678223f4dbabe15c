package io.keepstream.election.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.machine.Event.AdvertHeard;
import io.keepstream.election.machine.Event.TimerExpired;
import io.keepstream.election.machine.State.Backup;
import io.keepstream.testkit.Proves;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LateAdvertsTest {
  private static final long SECOND = MatrixRow.SECOND;
  private static final int ADVERTS = 10_000;

  /** With delays of up to 2.6 intervals two arrivals are never further apart than we wait. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Proves("FI-06")
  void advertsThatAreLateAndOutOfOrderAreEnoughForABackup(long seed) {
    Random random = new Random(seed);
    PriorityQueue<Long> arrivals = new PriorityQueue<>();
    for (int i = 0; i < ADVERTS; i++) {
      arrivals.add(MatrixRow.T + i * SECOND + SECOND / 2 + random.nextLong(21 * SECOND / 10));
    }
    State state = Backup.listening(SECOND, MatrixRow.T + MatrixRow.DOWN);
    for (Long at = arrivals.poll(); at != null; at = arrivals.poll()) {
      long timerNanos = Math.min(at, state.deadlineNanos());
      state = next(state, new TimerExpired(), timerNanos);
      assertThat(state.name()).isEqualTo(VrrpState.BACKUP);
      state = next(state, new AdvertHeard(MatrixRow.HIGHER, 200, SECOND), at);
    }
    assertThat(next(state, new TimerExpired(), state.deadlineNanos()).name())
        .as("silence at last")
        .isEqualTo(VrrpState.MASTER);
  }

  private static State next(State state, Event event, long nowNanos) {
    return VirtualRouter.next(MatrixRow.P, state, event, nowNanos).state();
  }
}
