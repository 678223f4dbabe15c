package io.keepstream.notifier.edge;

import io.keepstream.notifier.Events;
import io.keepstream.notifier.edge.JournalInput.Entry;
import io.keepstream.notifier.journal.Retention;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A process that writes a journal and says what it has written, until it is killed. */
public final class JournalChild {
  private JournalChild() {}

  static Process start(Path directory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            JournalChild.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Writes into the directory {@code arguments[0]}. */
  public static void main(String[] arguments) throws IOException {
    JournalDirectory directory = JournalDirectory.open(Path.of(arguments[0]));
    long number = directory.contents().next();
    SegmentOutput output =
        new SegmentOutput(
            directory, number, new Retention(1 << 30, Duration.ofDays(1)), InstantSource.system());
    while (true) {
      output.write(
          List.of(new Entry(number, Events.envelope(number, Events.up()))), gone -> System.exit(1));
      System.out.println(number);
      number++;
    }
  }
}
