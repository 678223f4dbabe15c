package io.keepstream.notifier.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.notifier.Events;
import io.keepstream.notifier.edge.JournalInput.Entry;
import io.keepstream.notifier.journal.Retention;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** How segments follow each other, and go. */
class SegmentsTest {
  private static final Retention RETENTION = new Retention(1 << 20, Duration.ofHours(16));

  @TempDir Path directory;
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private SegmentOutput output;

  @BeforeEach
  void open() throws IOException {
    output = new SegmentOutput(JournalDirectory.open(directory), 1, RETENTION, () -> now);
  }

  @AfterEach
  void close() {
    output.close();
  }

  @Test
  void whatIsOldGoesThoughLittleIsWritten() throws IOException {
    output.delivered(Long.MAX_VALUE);
    for (int hour = 0; hour < 40; hour++) {
      write();
      now = now.plus(Duration.ofMinutes(61));
    }
    assertThat(segments().size()).isBetween(16, 18);
    assertThat(segments().firstKey()).isGreaterThan(20);
  }

  @Test
  void whatIsTooMuchByANewBoundGoesWithTheNextEvent() throws IOException {
    output.delivered(Long.MAX_VALUE);
    for (int hour = 0; hour < 8; hour++) {
      write();
      now = now.plus(Duration.ofMinutes(61));
    }
    output.retain(new Retention(1 << 20, Duration.ofHours(3)));
    assertThat(segments()).hasSize(8);
    write();
    assertThat(segments().size()).isBetween(3, 4);
    output.retain(RETENTION);
    write();
    assertThat(segments().size()).isBetween(3, 4);
  }

  @Test
  void whatGoesWhileItIsReadIsPassedOver() throws IOException {
    for (int segment = 0; segment < 4; segment++) {
      write();
      now = now.plus(Duration.ofHours(2));
    }
    // Each is in the listing, and is not there when it is to be opened.
    vanish(1);
    assertThat(numbersFrom(1)).containsExactly(2L, 3L, 4L);
    vanish(3);
    assertThat(numbersFrom(2)).containsExactly(2L, 4L);
    vanish(2);
    vanish(4);
    assertThat(numbersFrom(1)).isEmpty();
  }

  @Test
  @Timeout(value = 20, threadMode = ThreadMode.SEPARATE_THREAD)
  void aFileThatAnInterruptHasClosedIsNotForced() throws IOException {
    write();
    Thread.currentThread().interrupt();
    assertThatThrownBy(output::force).isInstanceOf(ClosedByInterruptException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(output::force).isInstanceOf(ClosedChannelException.class);
  }

  private void write() throws IOException {
    long number = output.number();
    output.write(List.of(new Entry(number, Events.envelope(number, Events.up()))), gone -> {});
  }

  private void vanish(long first) throws IOException {
    Path file = segments().get(first);
    Files.delete(file);
    Files.createSymbolicLink(file, directory.resolve("nowhere"));
  }

  private NavigableMap<Long, Path> segments() throws IOException {
    return JournalDirectory.segments(directory);
  }

  private List<Long> numbersFrom(long from) throws IOException {
    try (JournalInput input = new JournalInput(directory)) {
      return input.read(from, 64, Long.MAX_VALUE).entries().stream().map(Entry::number).toList();
    }
  }
}
