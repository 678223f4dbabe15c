package io.keepstream.election.machine;

import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.TransitionCause.Reason;
import io.keepstream.election.machine.Event.AdvertHeard;
import io.keepstream.election.machine.Event.ParametersChanged;
import io.keepstream.election.machine.Event.TimerExpired;
import io.keepstream.election.machine.State.Backup;
import io.keepstream.election.machine.State.Heard;
import java.net.InetAddress;
import java.util.List;

/**
 * A rule: in {@code state}, with {@code parameters}, {@code event} at time {@code T} leads to the
 * state, cause and effects given, the effects in exactly this order.
 *
 * <p>Rows use version 2, priority 100, one second and address 10.0.0.2 unless they say otherwise,
 * so Skew_Time is 609,375,000 ns and Master_Down_Interval 3,609,375,000 ns, written out.
 */
record MatrixRow(
    String rule,
    Parameters parameters,
    State state,
    Event event,
    State expected,
    Reason reason,
    List<Effect> effects) {
  static final long SECOND = 1_000_000_000L;
  static final long SKEW = 609_375_000L;
  static final long DOWN = 3_609_375_000L;
  static final long NEVER = Long.MAX_VALUE;
  static final long T = 50 * SECOND;

  static final InetAddress US = InetAddress.ofLiteral("10.0.0.2");
  static final InetAddress LOWER = InetAddress.ofLiteral("10.0.0.1");
  static final InetAddress HIGHER = InetAddress.ofLiteral("192.0.2.1");

  static final VirtualRouterConfig CONFIG =
      new VirtualRouterConfig(2, 100, SECOND, true, 0, 3, false, false);
  static final VirtualRouterConfig NOPREEMPT =
      new VirtualRouterConfig(2, 100, SECOND, false, 0, 3, false, false);
  static final VirtualRouterConfig DELAYED =
      new VirtualRouterConfig(2, 100, SECOND, true, 4 * SECOND, 3, false, false);
  static final VirtualRouterConfig VERSION_3 =
      new VirtualRouterConfig(3, 100, SECOND, true, 0, 3, false, false);
  static final VirtualRouterConfig OWNER =
      new VirtualRouterConfig(3, 255, SECOND, true, 0, 3, false, false);
  static final VirtualRouterConfig QUIET =
      new VirtualRouterConfig(2, 100, SECOND, true, 0, 3, true, false);
  static final VirtualRouterConfig LAST_WORD =
      new VirtualRouterConfig(2, 100, SECOND, true, 0, 3, false, true);

  static final Parameters P = parameters(CONFIG);
  static final Event TIMER = new TimerExpired();
  static final Event CHANGED = new ParametersChanged(P);

  static MatrixRow row(
      String rule,
      Parameters parameters,
      State state,
      Event event,
      State expected,
      Reason reason,
      Effect... effects) {
    return new MatrixRow(rule, parameters, state, event, expected, reason, List.of(effects));
  }

  static Parameters parameters(VirtualRouterConfig config) {
    return new Parameters(config, Priority.of(config.priority()), US, List.of(), List.of());
  }

  static AdvertHeard advert(int priority, InetAddress sender) {
    return new AdvertHeard(sender, priority, SECOND);
  }

  static Backup listening(long deadlineNanos) {
    return new Backup(SECOND, deadlineNanos, null, null, NEVER, false);
  }

  static Backup heard(int priority, InetAddress sender) {
    return new Backup(SECOND, T + DOWN, new Heard(sender, priority, T), null, NEVER, false);
  }
}
