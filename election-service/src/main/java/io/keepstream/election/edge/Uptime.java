package io.keepstream.election.edge;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long this machine has been up, see proc_uptime(5). */
final class Uptime {
  private static final Path FILE = Path.of("/proc/uptime");
  private static final int DECIMALS_OF_NANOS = 9;

  private Uptime() {}

  /** Nanoseconds since boot; {@code Long.MAX_VALUE}, so that nothing waits, where nobody knows. */
  static long nanos() {
    try {
      String seconds = Files.readString(FILE).split(" ", 2)[0];
      return new BigDecimal(seconds).movePointRight(DECIMALS_OF_NANOS).longValue();
    } catch (IOException | NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }
}
