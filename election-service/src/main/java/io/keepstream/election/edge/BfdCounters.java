package io.keepstream.election.edge;

import io.keepstream.contract.event.BfdEvent;
import io.keepstream.election.bfd.RejectReason;
import io.keepstream.election.port.Publishing;
import io.keepstream.runtime.Window;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one BFD session has sent, heard and refused; counted and read on the election loop. */
final class BfdCounters {
  private final String session;
  private final String neighbor;
  private final Publishing publishing;
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
  private final Map<RejectReason, Window> windows = new EnumMap<>(RejectReason.class);
  private final Window unsentWindow = new Window();
  private long sent;
  private long received;
  private long unsent;

  BfdCounters(String session, String neighbor, Publishing publishing) {
    this.session = session;
    this.neighbor = neighbor;
    this.publishing = publishing;
    for (RejectReason reason : RejectReason.values()) {
      rejected.put(reason, 0L);
      windows.put(reason, new Window());
    }
  }

  void sent() {
    sent++;
  }

  void received() {
    received++;
  }

  /** Counts a packet that was refused, and tells of it once per window. */
  void rejected(RejectReason reason, String detail) {
    rejected.merge(reason, 1L, Long::sum);
    Window.Report report = windows.get(reason).count(publishing.nowNanos());
    if (report != null) {
      publishing.publish(
          new BfdEvent.PacketsRejected(
              session, neighbor, reason.counter(), detail, report.count(), report.overMillis()));
    }
  }

  /** Counts a packet the kernel did not take, and tells of it once per window. */
  void unsent(String detail) {
    unsent++;
    Window.Report report = unsentWindow.count(publishing.nowNanos());
    if (report != null) {
      publishing.publish(
          new BfdEvent.PacketsUnsent(
              session, neighbor, detail, report.count(), report.overMillis()));
    }
  }

  /** All counters by name. */
  Map<String, Long> values() {
    Map<String, Long> values = new LinkedHashMap<>();
    values.put("packetsSent", sent);
    values.put("packetsRcvd", received);
    values.put("packetsUnsent", unsent);
    rejected.forEach((reason, count) -> values.put(reason.counter(), count));
    return values;
  }
}
