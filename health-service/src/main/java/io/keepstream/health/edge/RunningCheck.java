package io.keepstream.health.edge;

import io.keepstream.health.config.CheckConfig;
import io.keepstream.health.port.Attempt;
import io.keepstream.health.port.Probe;
import io.keepstream.health.verdict.State;
import io.keepstream.health.verdict.Verdict;

/** A check under watch, as {@link CheckLoop} keeps it. */
final class RunningCheck {
  final Probe probe;
  final Verdicts verdicts;
  CheckConfig config;
  State state;
  boolean stopped;

  /** Null while none runs or the one that runs was abandoned already. */
  private Attempt attempt;

  RunningCheck(CheckConfig config, Probe probe, Verdicts verdicts, State state) {
    this.config = config;
    this.probe = probe;
    this.verdicts = verdicts;
    this.state = state;
  }

  CheckConfig config() {
    return config;
  }

  /** Whether it keeps a real server down. */
  boolean failed() {
    return verdict().failed();
  }

  Verdict verdict() {
    return state.standing().verdict();
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

  void ended() {
    attempt = null;
  }
}
