package io.keepstream.notifier.config;

import io.keepstream.notifier.journal.Retention;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The {@code journal} block.
 *
 * @param directory where it is kept, for one node alone
 */
public record JournalSettings(Path directory, Retention retention) {
  /** What is kept unless told otherwise. */
  public static final Retention DEFAULT_RETENTION = new Retention(1L << 30, Duration.ofDays(30));
}
