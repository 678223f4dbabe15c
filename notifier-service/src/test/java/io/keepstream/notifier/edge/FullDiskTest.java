package io.keepstream.notifier.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.notifier.Events;
import io.keepstream.notifier.edge.JournalInput.Entry;
import io.keepstream.notifier.journal.Retention;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes from a journal when it cannot be written. */
class FullDiskTest {
  private static final Retention RETENTION = new Retention(1 << 16, Duration.ofDays(1));

  @TempDir Path directory;

  @Test
  void whereThereIsRoomNothingGoes() throws Exception {
    try (JournalDirectory open = JournalDirectory.open(directory)) {
      SegmentOutput output = new SegmentOutput(open, 1, RETENTION, InstantSource.system());
      for (long number = 1; number <= 100; number++) {
        write(output, number);
      }
      output.delivered(101);
      int before = segments(directory);
      output.makeRoom();
      assertThat(segments(directory)).isEqualTo(before).isGreaterThan(2);
      output.close();
    }
  }

  @KernelTest
  @Test
  void onAFullDiskTheOldestThatWasDeliveredGoesAndNoMore() throws Exception {
    run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.toString());
    try (JournalDirectory open = JournalDirectory.open(directory)) {
      SegmentOutput output = new SegmentOutput(open, 1, RETENTION, InstantSource.system());
      assertThatThrownBy(() -> fill(output)).hasMessageContaining("No space left");
      int full = segments(directory);
      output.makeRoom();
      assertThat(segments(directory)).as("somebody still has to get it").isEqualTo(full);
      output.delivered(output.number());
      output.makeRoom();
      assertThat(segments(directory)).isEqualTo(full - 1).isGreaterThan(2);
      write(output, output.number());
      output.close();
    } finally {
      run("umount", directory.toString());
    }
  }

  private static void fill(SegmentOutput output) throws IOException {
    while (true) {
      write(output, output.number());
    }
  }

  private static void write(SegmentOutput output, long number) throws IOException {
    output.write(List.of(new Entry(number, Events.envelope(number, Events.up()))), gone -> {});
  }

  private static int segments(Path directory) throws IOException {
    return JournalDirectory.segments(directory).size();
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
