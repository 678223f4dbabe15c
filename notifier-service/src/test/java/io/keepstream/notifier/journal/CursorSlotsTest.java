package io.keepstream.notifier.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.notifier.delivery.Progress.Cursor;
import io.keepstream.notifier.delivery.Progress.Range;
import io.keepstream.notifier.journal.CursorSlots.Found;
import io.keepstream.notifier.journal.CursorSlots.Saved;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorSlotsTest {
  private static final Saved OLD = new Saved("webhook ops", new Cursor(7, List.of()));
  private static final Saved NEW =
      new Saved("webhook ops", new Cursor(9, List.of(new Range(11, 12))));

  private final byte[] file = new byte[2 * CursorSlots.SLOT_BYTES];

  @Test
  void theNewestCounts() {
    write(4, OLD);
    write(5, NEW);
    assertThat(CursorSlots.decode(file)).contains(new Found(5, NEW));
    write(6, OLD);
    assertThat(CursorSlots.decode(file)).contains(new Found(6, OLD));
  }

  @Test
  void aWriteThatWasCutOffLeavesTheOneBefore() {
    write(4, OLD);
    ByteBuffer slot = CursorSlots.encode(5, NEW);
    for (int length = 0; length < slot.limit(); length++) {
      slot.get(0, file, CursorSlots.SLOT_BYTES, length);
      assertThat(CursorSlots.decode(file)).contains(new Found(4, OLD));
    }
  }

  @Test
  void nothingIsFoundInNothing() {
    assertThat(CursorSlots.decode(new byte[0])).isEmpty();
    assertThat(CursorSlots.decode(file)).isEmpty();
  }

  @Test
  void whatDoesNotFitIsLeftOutFromTheEnd() {
    List<Range> ranges = new ArrayList<>();
    for (long number = 0; number < 10_000; number++) {
      ranges.add(new Range(2 * number + 10, 2 * number + 11));
    }
    ByteBuffer slot = CursorSlots.encode(0, new Saved("kafka", new Cursor(1, ranges)));
    assertThat(slot.limit()).isLessThan(CursorSlots.SLOT_BYTES);
    slot.get(0, file, 0, slot.limit());
    assertThat(CursorSlots.decode(file).orElseThrow().saved().cursor().beyond())
        .isEqualTo(ranges.subList(0, 1024));
  }

  private void write(long revision, Saved saved) {
    ByteBuffer slot = CursorSlots.encode(revision, saved);
    slot.get(0, file, (int) CursorSlots.offset(revision), slot.limit());
  }
}
