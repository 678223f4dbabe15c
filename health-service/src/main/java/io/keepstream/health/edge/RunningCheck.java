package io.keepstream.health.edge;

import io.keepstream.contract.event.CheckEvidence;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.CheckConfig;
import io.keepstream.health.config.Target;
import io.keepstream.health.port.Attempt;
import io.keepstream.health.port.Probe;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.Effect.ReportVerdict;
import io.keepstream.health.verdict.State;
import io.keepstream.health.verdict.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A check under watch, as {@link CheckLoop} keeps it, with those who want its verdicts. */
final class RunningCheck extends DeadlineQueue.Element {
  final Probe probe;
  CheckConfig config;
  State state;
  boolean stopped;

  /** Whether the last attempt got no answer, which the next is admitted by. */
  boolean suspect;

  /** Whether the attempt that runs took a place of those. */
  boolean suspectPlace;

  /** What was reached last; null before the first result. */
  private ReportVerdict reached;

  /** The last success that had a say in the weight of real servers; null before. */
  private CheckResult weighed;

  /** Kept, since snapshots of tens of thousands of checks want it every few seconds. */
  private final String label;

  private final long bornNanos;
  private long reachedNanos;
  private CheckResult last;
  private long lastNanos;

  /** Replaced as a whole, since most checks have one listener all their life. */
  private List<Verdicts> listeners;

  /** Those of them who want no attempts for the time being, and hear of no verdict meanwhile. */
  private Set<Verdicts> asleep = Set.of();

  /** Null while none runs or the one that runs was abandoned already. */
  private Attempt attempt;

  RunningCheck(CheckConfig config, Probe probe, Verdicts listener, State state, long bornNanos) {
    this.config = config;
    this.label = config.target().label();
    this.probe = probe;
    this.listeners = List.of(listener);
    this.state = state;
    this.bornNanos = bornNanos;
  }

  CheckConfig config() {
    return config;
  }

  /** Whether it is failed, by a result or by presumption. */
  boolean failed() {
    return verdict().failed();
  }

  Verdict verdict() {
    return state.standing().verdict();
  }

  /** The verdict in force as it was reported; null before the first result. */
  ReportVerdict reached() {
    return reached;
  }

  /** The last result with a share in the weight of real servers; null before. */
  CheckResult weighed() {
    return weighed;
  }

  /** Whether an attempt asks the target, for which it needs a file. */
  boolean asks() {
    return !(config.target() instanceof Target.Signal);
  }

  void listen(Verdicts listener) {
    List<Verdicts> more = new ArrayList<>(listeners);
    more.add(listener);
    listeners = List.copyOf(more);
  }

  /** Tells {@code listener} no longer; whether others are left. */
  boolean unlisten(Verdicts listener) {
    List<Verdicts> fewer = new ArrayList<>(listeners);
    fewer.remove(listener);
    listeners = List.copyOf(fewer);
    wake(listener);
    return !listeners.isEmpty();
  }

  void sleep(Verdicts listener) {
    Set<Verdicts> more = new HashSet<>(asleep);
    more.add(listener);
    asleep = Set.copyOf(more);
  }

  void wake(Verdicts listener) {
    Set<Verdicts> fewer = new HashSet<>(asleep);
    fewer.remove(listener);
    asleep = Set.copyOf(fewer);
  }

  /** Whether anybody wants attempts. */
  boolean isWanted() {
    return asleep.size() < listeners.size();
  }

  /** Whether somebody listens beside {@code listener}. */
  boolean isShared() {
    return listeners.size() > 1;
  }

  /** Goes on where {@code other} was, for another configuration. */
  void inherit(RunningCheck other) {
    reached = other.reached;
    reachedNanos = other.reachedNanos;
    weighed = other.weighed;
    last = other.last;
    lastNanos = other.lastNanos;
  }

  void reached(ReportVerdict verdict, long nowNanos) {
    if (reached == null || reached.verdict() != verdict.verdict()) {
      reachedNanos = nowNanos;
    }
    reached = verdict;
    awake().forEach(listener -> listener.reached(this, verdict, nowNanos));
  }

  void weighed(CheckResult result) {
    weighed = result;
    awake().forEach(listener -> listener.weighed(this, result));
  }

  private List<Verdicts> awake() {
    return asleep.isEmpty()
        ? listeners
        : listeners.stream().filter(listener -> !asleep.contains(listener)).toList();
  }

  void began(Attempt running) {
    attempt = running;
  }

  void abandon() {
    Attempt running = attempt;
    attempt = null;
    if (running != null) {
      running.abandon();
    }
  }

  /** Whether an attempt runs whose answer nobody would hear. */
  boolean isUnheard() {
    return attempt != null && attempt.isUnheard();
  }

  void ended() {
    attempt = null;
  }

  /** The result of an attempt. */
  void found(CheckResult result, long nowNanos) {
    last = result;
    lastNanos = nowNanos;
    suspect = !result.succeeded() && result.failure().silence();
  }

  /** What is wrong now with what is failed; null when that is not known. */
  CheckEvidence latestFailure() {
    return last == null || last.succeeded() ? null : evidence(last, 1);
  }

  ServiceState.Check state(long nowNanos) {
    boolean known = verdict().known();
    long sinceNanos = known ? reachedNanos : bornNanos;
    return new ServiceState.Check(
        label,
        known,
        !failed(),
        config.shadow(),
        listeners.size(),
        TimeUnit.NANOSECONDS.toMillis(nowNanos - sinceNanos),
        state instanceof State.Suspended suspended
            ? TimeUnit.NANOSECONDS.toMillis(nowNanos - suspended.sinceNanos())
            : null,
        last == null ? null : TimeUnit.NANOSECONDS.toMillis(nowNanos - lastNanos),
        last == null ? null : evidence(last, Math.max(state.standing().against(), 1)));
  }

  /** A result of this check for others. */
  CheckEvidence evidence(CheckResult result, int attempts) {
    return new CheckEvidence(
        label,
        result.reason(),
        result.detail(),
        TimeUnit.NANOSECONDS.toMicros(result.durationNanos()),
        attempts,
        result.received().isEmpty() ? null : result.received());
  }
}
