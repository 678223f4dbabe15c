package io.keepstream.election.edge;

import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.election.port.Publishing;
import io.keepstream.election.vrrp.RejectReason;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one virtual router has sent, heard and refused, by the names of the VRRPv3 MIB. Counted on
 * the election loop, readable from anywhere.
 */
final class Counters {
  private static final String SENT = "adverSent";
  private static final String RECEIVED = "adverRcvd";
  private static final String ZERO_SENT = "priorityZeroSent";
  private static final String ZERO_RECEIVED = "priorityZeroRcvd";
  private static final String UNSENT = "adverUnsent";

  private VirtualRouterRef router;
  private final Publishing publishing;
  private final Map<String, LongAdder> values = new LinkedHashMap<>();
  private final Map<RejectReason, Window> rejectWindows = new EnumMap<>(RejectReason.class);
  private final Window unsentWindow = new Window();

  Counters(VirtualRouterRef router, Publishing publishing) {
    this.router = router;
    this.publishing = publishing;
    for (String name : new String[] {RECEIVED, SENT, ZERO_RECEIVED, ZERO_SENT, UNSENT}) {
      values.put(name, new LongAdder());
    }
    for (RejectReason reason : RejectReason.values()) {
      values.put(reason.counter(), new LongAdder());
      rejectWindows.put(reason, new Window());
    }
  }

  void renamed(VirtualRouterRef next) {
    router = next;
  }

  void sent(int priority) {
    count(SENT);
    if (priority == 0) {
      count(ZERO_SENT);
    }
  }

  void received(int priority) {
    count(RECEIVED);
    if (priority == 0) {
      count(ZERO_RECEIVED);
    }
  }

  /** Counts a packet that was refused, and tells of it once per window. */
  void rejected(RejectReason reason, String sender) {
    count(reason.counter());
    Window.Report report = rejectWindows.get(reason).count(publishing.nowNanos());
    if (report != null) {
      publishing.publish(
          new VrrpEvent.AdvertsRejected(
              router, reason.counter(), sender, report.count(), report.overMillis()));
    }
  }

  /** Counts a packet that is believed although it lists other addresses. */
  void addressesDiffer(String sender) {
    rejected(RejectReason.ADDRESS_LIST, sender);
  }

  /** Counts an advert the kernel did not take, and tells of it once per window. */
  void unsent(String detail) {
    count(UNSENT);
    Window.Report report = unsentWindow.count(publishing.nowNanos());
    if (report != null) {
      publishing.publish(
          new VrrpEvent.AdvertsUnsent(router, detail, report.count(), report.overMillis()));
    }
  }

  /** All counters by name. */
  Map<String, Long> values() {
    Map<String, Long> sums = new LinkedHashMap<>();
    values.forEach((name, value) -> sums.put(name, value.sum()));
    return sums;
  }

  private void count(String name) {
    values.get(name).increment();
  }
}
