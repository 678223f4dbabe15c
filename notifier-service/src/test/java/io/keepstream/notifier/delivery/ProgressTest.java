package io.keepstream.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.notifier.delivery.Progress.Cursor;
import io.keepstream.notifier.delivery.Progress.Range;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final Progress progress = new Progress(10);

  @Test
  void thePositionMovesOverWhatIsDone() {
    progress.done(10);
    assertThat(progress.cursor()).isEqualTo(new Cursor(11, List.of()));
  }

  @Test
  void whatIsDoneBeyondTheNextIsKeptUntilThePositionGetsThere() {
    progress.done(12);
    progress.done(11, 12);
    assertThat(progress.cursor()).isEqualTo(new Cursor(10, List.of(new Range(11, 13))));
    progress.done(10);
    assertThat(progress.cursor()).isEqualTo(new Cursor(13, List.of()));
  }

  @Test
  void whatIsBelowThePositionIsNothingNew() {
    progress.done(3, 8);
    assertThat(progress.position()).isEqualTo(10);
    assertThat(progress.isDone(3)).isTrue();
  }

  @Test
  void anyOrderEndsTheSame() {
    Random random = new Random(7);
    for (int run = 0; run < 200; run++) {
      Progress some = new Progress(0);
      BitSet expected = new BitSet();
      for (int step = 0; step < 50; step++) {
        int from = random.nextInt(100);
        int to = from + random.nextInt(10);
        some.done(from, to);
        expected.set(from, to);
        some = random.nextInt(5) == 0 ? new Progress(some.cursor()) : some;
      }
      assertThat(some.position()).isEqualTo(expected.nextClearBit(0));
      assertThat(some.openBelow(110)).isEqualTo(110 - expected.cardinality());
      for (int number = 0; number < 110; number++) {
        assertThat(some.isDone(number)).isEqualTo(expected.get(number));
      }
    }
  }
}
