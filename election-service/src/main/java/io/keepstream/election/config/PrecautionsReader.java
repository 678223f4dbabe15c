package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.election.machine.Precautions;
import io.keepstream.election.machine.VirtualRouterConfig;
import java.util.function.Consumer;

/** Reads how an instance meets others that misbehave. */
final class PrecautionsReader {
  private PrecautionsReader() {}

  /** Reads {@code block}, an instance of this priority and interval. */
  static Precautions read(
      Section block,
      GlobalDefaults global,
      int priority,
      long intervalNanos,
      Consumer<Diagnostic> problems) {
    boolean owner = priority == VirtualRouterConfig.OWNER_PRIORITY;
    block
        .last("owner_ignore_adverts")
        .filter(line -> !owner)
        .ifPresent(
            line ->
                problems.accept(
                    Diagnostic.warning(
                        line.position(),
                        "owner_ignore_adverts has no effect without priority 255")));
    return new Precautions(
        block.bool("higher_prio_send_advert", global.lastWord()),
        owner && block.bool("owner_ignore_adverts", global.ownerIgnoresAdverts()),
        longestIntervalNanos(block, intervalNanos, problems));
  }

  private static long longestIntervalNanos(
      Section block, long intervalNanos, Consumer<Diagnostic> problems) {
    long usualNanos = Precautions.longestIntervalNanos(intervalNanos);
    long writtenNanos = block.decimalNanos("max_advert_int").orElse(usualNanos);
    if (writtenNanos < intervalNanos) {
      Statement line = block.last("max_advert_int").orElse(block.header());
      problems.accept(
          Diagnostic.error(line.position(), "max_advert_int must not be below advert_int"));
    }
    return writtenNanos;
  }
}
