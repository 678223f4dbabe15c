package io.keepstream.election.edge;

import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.election.machine.Event;
import io.keepstream.election.machine.IntervalTrust;
import io.keepstream.election.machine.VirtualRouterConfig;
import io.keepstream.election.port.Publishing;
import io.keepstream.runtime.Window;
import java.util.concurrent.TimeUnit;

/** Believes the intervals of adverts as far as {@link IntervalTrust} does, and tells of doubts. */
final class IntervalWatch {
  private final Publishing publishing;
  private final Window doubts = new Window();
  private VirtualRouterRef router;
  private IntervalTrust trust = IntervalTrust.NO_DOUBT;

  IntervalWatch(VirtualRouterRef router, Publishing publishing) {
    this.router = router;
    this.publishing = publishing;
  }

  /** Goes by another name from now on. */
  void renamed(VirtualRouterRef next) {
    router = next;
  }

  /**
   * The advert as it is to be believed.
   *
   * @param learntNanos the interval that holds until now
   */
  Event.AdvertHeard judge(
      VirtualRouterConfig config, Event.AdvertHeard heard, long learntNanos, long nowNanos) {
    IntervalTrust.Judgement judgement = trust.judge(config, heard, learntNanos, nowNanos);
    trust = judgement.next();
    if (judgement.doubted()) {
      tell(config, heard, nowNanos);
    }
    return judgement.advert();
  }

  private void tell(VirtualRouterConfig config, Event.AdvertHeard heard, long nowNanos) {
    Window.Report report = doubts.count(nowNanos);
    if (report != null) {
      publishing.publish(
          new VrrpEvent.IntervalDoubted(
              router,
              heard.sender().getHostAddress(),
              TimeUnit.NANOSECONDS.toMillis(heard.advertIntervalNanos()),
              TimeUnit.NANOSECONDS.toMillis(config.precautions().longestIntervalNanos()),
              report.count(),
              report.overMillis()));
    }
  }
}
