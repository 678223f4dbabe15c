package io.keepstream.notifier.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keepstream.notifier.journal.SegmentScan.Step;
import io.keepstream.testkit.Allocated;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A search for bytes on the disk that the scan does not survive. */
class SegmentFuzz {
  private static final int MOST_INPUT_BYTES = 4096;
  private static final long MOST_ALLOCATED_BYTES = 4 << 20;

  static Stream<byte[]> seeds() {
    byte[] beginning = Records.beginning(new SegmentHeader(Instant.EPOCH, List.of())).array();
    byte[] record = Records.encode(1, new byte[] {1, 2, 3}).array();
    byte[] both = Arrays.copyOf(beginning, beginning.length + record.length);
    System.arraycopy(record, 0, both, beginning.length, record.length);
    return Stream.of(new byte[0], beginning, both);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void search(byte[] input) {
    byte[] used = Arrays.copyOf(input, Math.min(input.length, MOST_INPUT_BYTES));
    assertThat(Allocated.by(() -> scan(used), MOST_ALLOCATED_BYTES))
        .as("bytes allocated")
        .isLessThan(MOST_ALLOCATED_BYTES);
  }

  private static void scan(byte[] input) {
    SegmentScan scan = new SegmentScan(1);
    ByteBuffer bytes = ByteBuffer.wrap(input);
    while (scan.next(bytes) instanceof Step.Found found) {
      assertThat(found.number()).isLessThan(scan.number());
      assertThat(scan.offset()).isEqualTo(bytes.position());
    }
    assertThat(scan.validUntil()).isLessThanOrEqualTo(input.length);
  }
}
