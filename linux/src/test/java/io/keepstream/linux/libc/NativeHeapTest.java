package io.keepstream.linux.libc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class NativeHeapTest {
  private static final int PIECES = 4_000;
  private static final int PIECE_BYTES = 16 << 10; // larger ones the library maps one by one

  @Test
  void whatWasFreedBelowWhatIsInUseGoesBackToTheMachine() throws IOException {
    try (Arena kept = Arena.ofConfined()) {
      long before;
      try (Arena freed = Arena.ofConfined()) {
        for (int i = 0; i < PIECES; i++) {
          freed.allocate(PIECE_BYTES).fill((byte) 1);
        }
        MemorySegment last = kept.allocate(PIECE_BYTES).fill((byte) 1);
        before = residentKilobytes();
        assertThat(last.byteSize()).isEqualTo(PIECE_BYTES);
      }
      NativeHeap.trim();
      long given = before - residentKilobytes();
      assertThat(given).isGreaterThan((long) PIECES * PIECE_BYTES / 1024 / 2);
    }
  }

  private static long residentKilobytes() throws IOException {
    return Files.readString(Path.of("/proc/self/status"))
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}
