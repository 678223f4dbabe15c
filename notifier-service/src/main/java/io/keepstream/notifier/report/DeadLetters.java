package io.keepstream.notifier.report;

import io.keepstream.contract.value.Durations;
import io.keepstream.notifier.delivery.DeadLetter;
import io.keepstream.notifier.route.EventFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Dead letters for people. */
public final class DeadLetters {
  private DeadLetters() {}

  /** One line each, as they are at {@code now}. */
  public static String text(List<DeadLetter> letters, Instant now) {
    return letters.isEmpty()
        ? "no dead letters\n"
        : letters.stream().map(letter -> line(letter, now)).collect(Collectors.joining());
  }

  private static String line(DeadLetter letter, Instant now) {
    Duration age = Duration.between(letter.givenUpAt(), now);
    return "%d  given up %s ago  %s  %s  %s\n"
        .formatted(
            letter.number(),
            Durations.text(Math.max(0, age.toNanos())),
            EventFilter.shortType(letter.envelope().event()),
            letter.envelope().event().subject(),
            letter.why());
  }
}
