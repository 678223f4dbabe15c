package io.keepstream.health.edge;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.CheckEvidence;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.CheckConfig;
import io.keepstream.health.config.Target;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.Effect.ReportVerdict;
import io.keepstream.health.verdict.RealServer;
import io.keepstream.health.verdict.Standing;
import io.keepstream.health.verdict.Verdict;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A real server with its running checks. */
final class ServerWatch implements Watch<Set<CheckConfig>> {
  private final CheckLoop loop;
  private final Consumer<Event> events;
  private final Map<CheckConfig, RunningCheck> checks = new LinkedHashMap<>();
  private RealServer<CheckConfig> server;

  ServerWatch(BackendRef backend, Set<CheckConfig> wanted, CheckLoop loop, Consumer<Event> events) {
    this.loop = loop;
    this.events = events;
    for (CheckConfig check : wanted) {
      start(check, Standing.of(Verdict.presumed(check.rules().counting().startsFailed())));
    }
    server = new RealServer<>(backend, failed(), loop.nowNanos(), null);
  }

  /**
   * Other checks are wanted. Unchanged ones go on. One of the same target under other rules takes
   * over the verdict, any other new one starts with what is thought of the real server: a reload
   * takes no server out of service and puts none in before a check has looked.
   */
  @Override
  public void change(Set<CheckConfig> wanted) {
    Map<Target, Standing> known = new HashMap<>();
    checks.forEach(
        (check, running) -> known.put(check.target(), Standing.of(running.standing().verdict())));
    Standing presumed = Standing.of(Verdict.presumed(!server.up()));
    for (CheckConfig check : wanted) {
      if (!checks.containsKey(check)) {
        start(check, known.getOrDefault(check.target(), presumed));
      }
    }
    for (CheckConfig check : List.copyOf(checks.keySet())) {
      if (!wanted.contains(check)) {
        loop.stop(checks.remove(check));
      }
    }
    take(server.reconfigured(failed(), loop.nowNanos()));
  }

  @Override
  public void stop() {
    checks.values().forEach(loop::stop);
  }

  ServiceState.Backend state() {
    long ageNanos = loop.nowNanos() - server.sinceNanos();
    return new ServiceState.Backend(
        server.backend(), server.up(), TimeUnit.NANOSECONDS.toMillis(ageNanos), server.evidence());
  }

  private void start(CheckConfig check, Standing standing) {
    checks.put(
        check, loop.start(check, standing, (verdict, nowNanos) -> take(check, verdict, nowNanos)));
  }

  private void take(CheckConfig check, ReportVerdict verdict, long nowNanos) {
    take(server.decided(check, verdict.verdict().failed(), evidence(check, verdict), nowNanos));
  }

  private void take(RealServer.Step<CheckConfig> step) {
    server = step.next();
    if (step.event() != null) {
      events.accept(step.event());
    }
  }

  private Set<CheckConfig> failed() {
    return checks.entrySet().stream()
        .filter(entry -> entry.getValue().standing().verdict().failed())
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static CheckEvidence evidence(CheckConfig check, ReportVerdict verdict) {
    CheckResult result = verdict.result();
    return new CheckEvidence(
        check.target().label(),
        result.reason(),
        result.detail(),
        TimeUnit.NANOSECONDS.toMicros(result.durationNanos()),
        verdict.attempts());
  }
}
