package io.keepstream.notifier.torture;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a FIFO, and falls asleep now and then for longer than a line may wait. */
final class SleepyReader {
  private static final Pattern LINE = Pattern.compile("INSTANCE \"([^\"]+)\" MASTER ([0-9]+)");

  private final Random random;
  private final Arrivals arrivals;

  private SleepyReader(long seed, Arrivals arrivals) {
    random = new Random(seed);
    this.arrivals = arrivals;
  }

  /** Begins on a thread of its own, which ends with the process. */
  static void start(Path fifo, long seed, Arrivals arrivals) {
    SleepyReader reader = new SleepyReader(seed, arrivals);
    Thread.ofPlatform().daemon().name("fifo reader").start(() -> reader.read(fifo.toFile()));
  }

  private void read(File fifo) {
    try (BufferedReader lines = new BufferedReader(new FileReader(fifo, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
          throw new IOException("no line of ours: " + line);
        }
        arrivals.add(matcher.group(1), Integer.parseInt(matcher.group(2)));
        if (random.nextInt(1000) == 0) {
          TimeUnit.MILLISECONDS.sleep(1_500);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
