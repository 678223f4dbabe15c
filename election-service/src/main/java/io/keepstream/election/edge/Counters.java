package io.keepstream.election.edge;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.explain.Refusal;
import io.keepstream.election.port.Publishing;
import io.keepstream.election.vrrp.ChecksumForm;
import io.keepstream.election.vrrp.RejectReason;
import io.keepstream.runtime.Window;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

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
  private static final String IGNORED = "ignoredInState";
  private static final String OWNER_CONFLICTS = "ownerConflicts";
  private static final String BECAME_MASTER = "becomeMaster";
  private static final String RELEASED_MASTER = "releaseMaster";
  private static final List<String> NAMES =
      List.of(
          RECEIVED,
          SENT,
          ZERO_RECEIVED,
          ZERO_SENT,
          UNSENT,
          IGNORED,
          OWNER_CONFLICTS,
          BECAME_MASTER,
          RELEASED_MASTER);

  private VirtualRouterRef router;
  private final Publishing publishing;
  private final Map<String, LongAdder> values = new LinkedHashMap<>();
  private final LongAdder unsentCount;
  private final Map<RejectReason, Window> rejectWindows = new EnumMap<>(RejectReason.class);
  private final Map<String, Window> differenceWindows = new HashMap<>();
  private final ChecksumForms forms = new ChecksumForms();
  private Refusal lastRefusal;
  private final Window unsentWindow = new Window();
  private final Window unknownVridWindow = new Window();

  Counters(VirtualRouterRef router, Publishing publishing) {
    this.router = router;
    this.publishing = publishing;
    NAMES.forEach(name -> values.put(name, new LongAdder()));
    for (RejectReason reason : RejectReason.values()) {
      values.put(reason.counter(), new LongAdder());
      rejectWindows.put(reason, new Window());
    }
    unsentCount = values.get(UNSENT);
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
    long nowNanos = publishing.nowNanos();
    lastRefusal = new Refusal(reason, sender, values.get(reason.counter()).sum(), nowNanos);
    Window.Report report = rejectWindows.get(reason).count(nowNanos);
    if (report != null) {
      publishing.publish(
          new VrrpEvent.AdvertsRejected(
              router,
              reason.counter(),
              reason.words(),
              sender,
              report.count(),
              report.overMillis()));
    }
  }

  /** The last packet that was refused, or null; only for the election loop. */
  Refusal lastRefusal() {
    return lastRefusal;
  }

  /** Counts a packet that came while the router takes no part. */
  void ignored() {
    count(IGNORED);
  }

  /** Counts a packet of another address owner, heard by an owner. */
  void ownerConflict() {
    count(OWNER_CONFLICTS);
  }

  /** Counts a packet that is believed although it lists other addresses. */
  void addressesDiffer(InetAddress sender, Supplier<String> theirs) {
    count(RejectReason.ADDRESS_LIST.counter());
    differs("addresses", sender, theirs);
  }

  /** Tells of a packet that is believed although its interval is not ours. */
  void intervalDiffers(InetAddress sender, Supplier<String> theirs) {
    differs("interval", sender, theirs);
  }

  private void differs(String what, InetAddress sender, Supplier<String> theirs) {
    Window window = differenceWindows.computeIfAbsent(what, any -> new Window());
    Window.Report report = window.count(publishing.nowNanos());
    if (report != null) {
      publishing.publish(
          new VrrpEvent.AdvertsDiffer(
              router,
              what,
              theirs.get(),
              sender.getHostAddress(),
              report.count(),
              report.overMillis()));
    }
  }

  /** Tells which form of checksum a sender uses when that is news. */
  void checksumForm(InetAddress sender, ChecksumForm form) {
    if (forms.isNews(sender, form, publishing.nowNanos())) {
      publishing.publish(
          new VrrpEvent.ChecksumFormHeard(router, sender.getHostAddress(), form.label()));
    }
  }

  /** Tells once per window of a packet for a router that is not here. */
  void unknownVrid(int vrid, InetAddress sender) {
    Window.Report report = unknownVridWindow.count(publishing.nowNanos());
    if (report != null) {
      publishing.publish(
          new VrrpEvent.UnknownVridHeard(
              router, vrid, sender.getHostAddress(), report.count(), report.overMillis()));
    }
  }

  /** Where the router's events go: counted on their way. */
  Publishing counting() {
    return new Publishing() {
      @Override
      public long nowNanos() {
        return publishing.nowNanos();
      }

      @Override
      public void publish(Event event) {
        if (event instanceof VrrpEvent.InstanceChanged change) {
          changed(change.from(), change.to());
        }
        publishing.publish(event);
      }
    };
  }

  private void changed(VrrpState from, VrrpState to) {
    if (to == VrrpState.MASTER) {
      count(BECAME_MASTER);
    } else if (from == VrrpState.MASTER) {
      count(RELEASED_MASTER);
    }
  }

  /** Counts an advert the kernel did not take, and tells of it once per window. */
  void unsent(String detail) {
    unsentCount.increment();
    Window.Report report = unsentWindow.count(publishing.nowNanos());
    if (report != null) {
      publishing.publish(
          new VrrpEvent.AdvertsUnsent(router, detail, report.count(), report.overMillis()));
    }
  }

  /** How many adverts the kernel did not take. */
  long unsentTotal() {
    return unsentCount.sum();
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
