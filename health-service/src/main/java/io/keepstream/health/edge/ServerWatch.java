package io.keepstream.health.edge;

import io.keepstream.contract.event.BackendEvent.ShadowVerdict;
import io.keepstream.contract.event.BackendEvent.WeightAdjusted;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.CheckEvidence;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.CheckConfig;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.Effect.ReportVerdict;
import io.keepstream.health.verdict.RealServer;
import io.keepstream.health.verdict.Standing;
import io.keepstream.health.verdict.Verdict;
import io.keepstream.health.verdict.WeightShares;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** A real server with its checks, which it may share with others. */
final class ServerWatch implements Watch<Set<CheckConfig>>, Verdicts {
  private final SharedChecks shared;
  private final LongSupplier clockNanos;
  private final Consumer<Event> events;
  private List<RunningCheck> checks;
  private RealServer<RunningCheck> server;
  private WeightShares<RunningCheck> weights = WeightShares.none();

  /** Since when its checks are suspended; null while they are made. */
  private Long suspendedNanos;

  ServerWatch(
      BackendRef backend,
      Set<CheckConfig> wanted,
      SharedChecks shared,
      LongSupplier clockNanos,
      Consumer<Event> events) {
    this.shared = shared;
    this.clockNanos = clockNanos;
    this.events = events;
    Set<RunningCheck> failed = new HashSet<>();
    List<RunningCheck> joined = new ArrayList<>();
    for (CheckConfig config : wanted) {
      boolean startsFailed = config.rules().counting().startsFailed();
      RunningCheck check = shared.join(config, presumed(startsFailed), this);
      joined.add(check);
      if (startsFailed && !config.shadow()) {
        failed.add(check);
      }
    }
    checks = List.copyOf(joined);
    server = new RealServer<>(backend, failed, clockNanos.getAsLong(), null);
    checks.forEach(this::hear);
  }

  /**
   * Unchanged checks go on, those that only got other rules keep their verdict, and new ones start
   * with what is thought of the real server: a reload takes no server out of service and puts none
   * in before a check has looked.
   */
  @Override
  public void change(Set<CheckConfig> wanted) {
    Map<CheckConfig, RunningCheck> present =
        checks.stream().collect(Collectors.toMap(RunningCheck::config, Function.identity()));
    if (wanted.equals(present.keySet())) {
      return;
    }
    List<RunningCheck> others = new ArrayList<>(checks);
    others.removeIf(check -> wanted.contains(check.config()));
    List<RunningCheck> joined = new ArrayList<>();
    Set<RunningCheck> failed = new HashSet<>();
    List<RunningCheck> next = new ArrayList<>();
    WeightShares<RunningCheck> shares = WeightShares.none();
    for (CheckConfig config : wanted) {
      RunningCheck before =
          present.containsKey(config) ? present.get(config) : alike(config, others);
      boolean failing;
      RunningCheck check;
      if (before == null) {
        failing = !server.up();
        check = shared.join(config, presumed(failing), this);
        joined.add(check);
      } else {
        failing = before.verdict().known() ? before.failed() : server.failed().contains(before);
        check = before.config().equals(config) ? before : shared.change(before, config, this);
        shares = config.shadow() ? shares : inherited(shares, before, check);
      }
      next.add(check);
      if (failing && !config.shadow()) {
        failed.add(check);
      }
    }
    others.forEach(check -> shared.leave(check, this));
    checks = List.copyOf(next);
    take(server.reconfigured(failed, clockNanos.getAsLong()));
    weigh(shares, new CheckEvidence("configuration", "OK", "other checks are in force", 0, 0));
    joined.forEach(this::hear);
    if (suspendedNanos != null) {
      checks.forEach(check -> shared.suspend(check, this));
    }
  }

  /** Has its checks made no longer, with the verdict as it stands, or again. */
  void suspend(boolean suspended) {
    if (suspended == (suspendedNanos != null)) {
      return;
    }
    suspendedNanos = suspended ? clockNanos.getAsLong() : null;
    for (RunningCheck check : checks) {
      if (suspended) {
        shared.suspend(check, this);
      } else if (shared.resume(check, this)) {
        hear(check);
      }
    }
  }

  /** Until it says something itself, a check stands by what the one before it said. */
  private static WeightShares<RunningCheck> inherited(
      WeightShares<RunningCheck> shares, RunningCheck before, RunningCheck check) {
    CheckResult said = check.weighed() == null ? before.weighed() : check.weighed();
    return said == null ? shares : shares.with(check, said.weightShare());
  }

  private static Standing presumed(boolean failed) {
    return Standing.of(Verdict.presumed(failed));
  }

  /** Takes out one of {@code others} that looks at the same target; null when there is none. */
  private static RunningCheck alike(CheckConfig config, List<RunningCheck> others) {
    for (RunningCheck check : others) {
      if (check.config().target().equals(config.target())) {
        others.remove(check);
        return check;
      }
    }
    return null;
  }

  @Override
  public void stop() {
    checks.forEach(check -> shared.leave(check, this));
  }

  ServiceState.Backend state() {
    long nowNanos = clockNanos.getAsLong();
    return new ServiceState.Backend(
        server.backend(),
        server.up(),
        TimeUnit.NANOSECONDS.toMillis(nowNanos - server.sinceNanos()),
        evidence(),
        weights.total(),
        suspendedNanos == null ? null : TimeUnit.NANOSECONDS.toMillis(nowNanos - suspendedNanos));
  }

  /** What decided; but of a server that is down, what is wrong now, which may be something else. */
  private CheckEvidence evidence() {
    return server.evidence() == null
        ? null
        : checks.stream()
            .filter(server.failed()::contains)
            .map(RunningCheck::latestFailure)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(server.evidence());
  }

  /** Takes what a check that ran already has found before. */
  private void hear(RunningCheck check) {
    if (check.weighed() != null) {
      weighed(check, check.weighed());
    }
    if (check.reached() != null) {
      reached(check, check.reached(), clockNanos.getAsLong());
    }
  }

  @Override
  public void weighed(RunningCheck check, CheckResult result) {
    if (!check.config().shadow()) {
      weigh(weights.with(check, result.weightShare()), check.evidence(result, 1));
    }
  }

  private void weigh(WeightShares<RunningCheck> now, CheckEvidence because) {
    int before = weights.total();
    weights = now;
    if (now.total() != before) {
      events.accept(new WeightAdjusted(server.backend(), before, now.total(), because));
    }
  }

  @Override
  public void reached(RunningCheck check, ReportVerdict verdict, long nowNanos) {
    CheckEvidence evidence = check.evidence(verdict.result(), verdict.attempts());
    boolean failed = verdict.verdict().failed();
    if (check.config().shadow()) {
      events.accept(new ShadowVerdict(server.backend(), !failed, evidence));
    } else {
      take(server.decided(check, failed, evidence, nowNanos));
    }
  }

  private void take(RealServer.Step<RunningCheck> step) {
    server = step.next();
    if (step.event() != null) {
      events.accept(step.event());
    }
  }
}
