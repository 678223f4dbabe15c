package io.keepstream.health.edge;

import io.keepstream.contract.event.BackendEvent;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A real server with its running checks. */
final class ServerWatch implements Watch<Set<CheckConfig>> {
  private final CheckLoop loop;
  private final Consumer<Event> events;
  private final Map<CheckConfig, RunningCheck> checks = new LinkedHashMap<>();
  private final Verdicts verdicts = new Told();
  private RealServer<RunningCheck> server;
  private WeightShares<RunningCheck> weights = WeightShares.none();

  ServerWatch(BackendRef backend, Set<CheckConfig> wanted, CheckLoop loop, Consumer<Event> events) {
    this.loop = loop;
    this.events = events;
    for (CheckConfig check : wanted) {
      start(check, Standing.of(Verdict.presumed(check.rules().counting().startsFailed())));
    }
    server = new RealServer<>(backend, failed(), loop.nowNanos(), null);
  }

  /**
   * Unchanged checks go on, those that only got other rules keep their verdict, and new ones start
   * with what is thought of the real server: a reload takes no server out of service and puts none
   * in before a check has looked.
   */
  @Override
  public void change(Set<CheckConfig> wanted) {
    List<RunningCheck> others = new ArrayList<>(checks.values());
    others.removeIf(check -> wanted.contains(check.config()));
    checks.keySet().retainAll(wanted);
    Standing presumed = Standing.of(Verdict.presumed(!server.up()));
    for (CheckConfig config : wanted) {
      if (!checks.containsKey(config)) {
        changed(config, others)
            .ifPresentOrElse(check -> checks.put(config, check), () -> start(config, presumed));
      }
    }
    others.forEach(loop::stop);
    take(server.reconfigured(failed(), loop.nowNanos()));
    weigh(
        weights.only(Set.copyOf(checks.values())),
        new CheckEvidence("configuration", "OK", "other checks are in force", 0, 0));
  }

  /** One of {@code others} that looks at the same target, now under the rules of {@code config}. */
  private Optional<RunningCheck> changed(CheckConfig config, List<RunningCheck> others) {
    Optional<RunningCheck> same =
        others.stream()
            .filter(check -> check.config().target().equals(config.target()))
            .findFirst();
    same.ifPresent(
        check -> {
          others.remove(check);
          loop.change(check, config);
        });
    return same;
  }

  @Override
  public void stop() {
    checks.values().forEach(loop::stop);
  }

  ServiceState.Backend state() {
    long ageNanos = loop.nowNanos() - server.sinceNanos();
    return new ServiceState.Backend(
        server.backend(),
        server.up(),
        TimeUnit.NANOSECONDS.toMillis(ageNanos),
        server.evidence(),
        weights.total());
  }

  private void start(CheckConfig config, Standing standing) {
    checks.put(config, loop.start(config, standing, verdicts));
  }

  private final class Told implements Verdicts {
    @Override
    public void reached(RunningCheck check, ReportVerdict verdict, long nowNanos) {
      CheckEvidence evidence = evidence(check.config(), verdict.result(), verdict.attempts());
      take(server.decided(check, verdict.verdict().failed(), evidence, nowNanos));
    }

    @Override
    public void weighed(RunningCheck check, CheckResult result) {
      weigh(weights.with(check, result.weightShare()), evidence(check.config(), result, 1));
    }
  }

  private void weigh(WeightShares<RunningCheck> now, CheckEvidence because) {
    int before = weights.total();
    weights = now;
    if (now.total() != before) {
      events.accept(
          new BackendEvent.WeightAdjusted(server.backend(), before, now.total(), because));
    }
  }

  private void take(RealServer.Step<RunningCheck> step) {
    server = step.next();
    if (step.event() != null) {
      events.accept(step.event());
    }
  }

  private Set<RunningCheck> failed() {
    return checks.values().stream().filter(RunningCheck::failed).collect(Collectors.toSet());
  }

  private static CheckEvidence evidence(CheckConfig check, CheckResult result, int attempts) {
    return new CheckEvidence(
        check.target().label(),
        result.reason(),
        result.detail(),
        TimeUnit.NANOSECONDS.toMicros(result.durationNanos()),
        attempts);
  }
}
