package io.keepstream.notifier.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.value.Durations;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * How one sink stands.
 *
 * @param sink as in the snapshot
 * @param nextNumber the journal's first number that it is not done with
 * @param lastFailure what went wrong last since the start, or none
 * @param lastFailureMillis since then; none without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SinkReport(
    ServiceState.Sink sink, long nextNumber, String lastFailure, Long lastFailureMillis) {

  /** All of them, a paragraph each. */
  public static String text(List<SinkReport> reports) {
    return reports.isEmpty()
        ? "no sinks: nobody asked to be told\n"
        : reports.stream().map(SinkReport::text).collect(Collectors.joining());
  }

  private String text() {
    return "%s %s for %s%s\n    %s\n    %s\n"
        .formatted(
            sink.sink(),
            sink.healthy() ? "works" : "fails",
            span(sink.ageMillis()),
            sink.healthy() ? "" : ": " + sink.detail(),
            waiting(),
            counts());
  }

  private String waiting() {
    if (sink.queued() == 0) {
      return "nothing waits";
    }
    String oldest = sink.oldestMillis() == 0 ? "" : ", the oldest for " + span(sink.oldestMillis());
    return "%d event(s) wait%s; the next is number %d".formatted(sink.queued(), oldest, nextNumber);
  }

  private String counts() {
    String last =
        lastFailure == null
            ? ""
            : " (the last %s ago: %s)".formatted(span(lastFailureMillis), lastFailure);
    return "%d delivered, %d attempt(s) failed%s, %d dead letter(s)"
        .formatted(sink.delivered(), sink.failures(), last, sink.deadLetters());
  }

  private static String span(long millis) {
    return Durations.text(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
