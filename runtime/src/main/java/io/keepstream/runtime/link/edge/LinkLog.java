package io.keepstream.runtime.link.edge;

import io.keepstream.runtime.Window;
import io.keepstream.runtime.link.DropReason;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and tells what happens on the link: what repeats itself once a minute. */
final class LinkLog {
  private static final Logger log = LoggerFactory.getLogger("keepstream.link");

  private final MeterRegistry meters;
  private final Map<DropReason, Window> refusals = new EnumMap<>(DropReason.class);
  private final Window losses = new Window();

  LinkLog(MeterRegistry meters) {
    this.meters = meters;
  }

  void joined(String peer) {
    log.info("Linked with {}", peer);
  }

  /** Of a peer that had joined. */
  void left(String peer, DropReason reason, String detail) {
    count(reason);
    log.info("No longer linked with {}, which {}{}", peer, reason.words(), more(detail));
  }

  /** Of a connection that never came as far as that. */
  void refused(String peer, DropReason reason, String detail) {
    count(reason);
    if (reason.lasting()) {
      rarely(
          refusals.computeIfAbsent(reason, any -> new Window()),
          "Not linked with %s, which %s%s".formatted(peer, reason.words(), more(detail)));
    }
  }

  /** A message that could not cross the link or makes no sense here; the link goes on. */
  void lost(String what, Throwable why) {
    meters.counter("keepstream_link_messages_lost").increment();
    rarely(losses, "%s did not cross the link: %s".formatted(what, why.getMessage()));
  }

  private void count(DropReason reason) {
    meters.counter("keepstream_link_drops", "reason", reason.label()).increment();
  }

  private static void rarely(Window window, String line) {
    Window.Report report = window.count(System.nanoTime());
    if (report != null) {
      log.warn("{}{}", line, report.count() == 1 ? "" : " (%d times)".formatted(report.count()));
    }
  }

  private static String more(String detail) {
    return detail.isEmpty() ? "" : ": " + detail;
  }
}
