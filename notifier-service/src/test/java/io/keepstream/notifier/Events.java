package io.keepstream.notifier;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.CheckEvidence;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.contract.event.VrrpState;
import java.time.Instant;

/** Events as the other services publish them. */
public final class Events {
  public static final BackendRef BACKEND =
      new BackendRef("[172.32.10.18]:tcp:80", "[192.168.10.114]:tcp:80");
  public static final Source ELECTION = new Source("lb1", Service.ELECTION, "b00t");
  private static final CheckEvidence EVIDENCE =
      new CheckEvidence("TCP_CHECK [192.168.10.114]:80", "OK", null, 1200, 1);

  private Events() {}

  public static VirtualRouterRef router(String instance) {
    return new VirtualRouterRef(instance, 51, "inet", "eth0");
  }

  public static VrrpEvent.InstanceChanged instance(String instance, VrrpState from, VrrpState to) {
    TransitionCause cause = TransitionCause.of(TransitionCause.Reason.STARTED);
    return new VrrpEvent.InstanceChanged(
        router(instance), from, to, 10, Priority.of(100), cause, null);
  }

  /** One of several real servers of the same virtual server. */
  public static BackendRef backend(int last) {
    return new BackendRef(BACKEND.virtualServer(), "[192.168.20.%d]:tcp:80".formatted(last));
  }

  public static BackendEvent up() {
    return up(BACKEND);
  }

  public static BackendEvent up(BackendRef backend) {
    return new BackendEvent.Up(backend, 5, EVIDENCE);
  }

  public static BackendEvent down() {
    return new BackendEvent.Down(BACKEND, 5, EVIDENCE);
  }

  public static Envelope envelope(long sequence, Event event) {
    return new Envelope(ELECTION, sequence, Instant.parse("2026-01-02T03:04:05.678Z"), event);
  }
}
