package io.keepstream.election.edge;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.election.conflict.Conflict;
import io.keepstream.election.machine.Parameters;
import io.keepstream.election.machine.Timers;
import io.keepstream.election.machine.VirtualRouterConfig;
import io.keepstream.election.port.Publishing;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/** Tells of conflicts of one virtual router. */
final class ConflictWatch {
  private VirtualRouterRef router;
  private final Publishing publishing;
  private Conflict conflict = Conflict.NONE;

  ConflictWatch(VirtualRouterRef router, Publishing publishing) {
    this.router = router;
    this.publishing = publishing;
  }

  /** The router goes by another name from now on. */
  void renamed(VirtualRouterRef next) {
    router = next;
  }

  /** An advert of another MASTER came, which is not above us, or another owner's. */
  void heard(Parameters ours, InetAddress sender, int priority, long intervalNanos, long nowNanos) {
    long longerNanos = Math.max(ours.config().advertIntervalNanos(), intervalNanos);
    long quietNanos = Timers.masterDownNanos(ours, longerNanos);
    tell(ours, conflict.heard(sender, priority, nowNanos, quietNanos), nowNanos);
  }

  /** The deadline has come, maybe. */
  void due(Parameters ours, long nowNanos) {
    tell(ours, conflict.due(nowNanos), nowNanos);
  }

  /** We are MASTER no more. */
  void end(Parameters ours, long nowNanos) {
    tell(ours, conflict.end(), nowNanos);
  }

  long deadlineNanos() {
    return conflict.overNanos();
  }

  private void tell(Parameters ours, Conflict.Step step, long nowNanos) {
    conflict = step.next();
    Conflict subject = step.subject();
    switch (step.news()) {
      case NOTHING -> {}
      case BEGINS -> publishing.publish(beginning(ours, subject));
      case LASTS ->
          publishing.publish(
              new VrrpEvent.ConflictLasts(
                  router,
                  subject.rival().getHostAddress(),
                  subject.priority(),
                  subject.adverts(),
                  lastedMillis(subject, nowNanos)));
      case ENDS ->
          publishing.publish(
              new VrrpEvent.ConflictEnded(
                  router,
                  subject.rival().getHostAddress(),
                  subject.adverts(),
                  lastedMillis(subject, nowNanos)));
    }
  }

  private Event beginning(Parameters ours, Conflict subject) {
    String sender = subject.rival().getHostAddress();
    boolean owners =
        ours.config().owner() && subject.priority() == VirtualRouterConfig.OWNER_PRIORITY;
    return owners
        ? new VrrpEvent.OwnerConflict(router, sender)
        : new VrrpEvent.LowerPriorityHeard(
            router, sender, subject.priority(), ours.effectivePriority());
  }

  private static long lastedMillis(Conflict subject, long nowNanos) {
    return TimeUnit.NANOSECONDS.toMillis(nowNanos - subject.sinceNanos());
  }
}
