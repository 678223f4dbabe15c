package io.keepstream.election.edge;

import io.keepstream.config.value.DecimalUnit;
import io.keepstream.config.value.DecimalUnit.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How long this machine has been up, see proc_uptime(5). */
final class Uptime {
  private static final Path FILE = Path.of("/proc/uptime");

  private Uptime() {}

  /** Nanoseconds since boot; {@code Long.MAX_VALUE}, so that nothing waits, where nobody knows. */
  static long nanos() {
    try {
      String seconds = Files.readString(FILE).split(" ", 2)[0];
      return DecimalUnit.SECONDS.read(seconds).map(Time::nanos).orElse(Long.MAX_VALUE);
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}
