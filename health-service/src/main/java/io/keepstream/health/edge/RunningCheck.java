package io.keepstream.health.edge;

import io.keepstream.health.config.CheckConfig;
import io.keepstream.health.port.Attempt;
import io.keepstream.health.port.Probe;
import io.keepstream.health.port.Verdicts;
import io.keepstream.health.verdict.Standing;
import io.keepstream.health.verdict.State;

/** A check under watch, as {@link CheckLoop} keeps it. */
final class RunningCheck {
  final CheckConfig config;
  final Probe probe;
  final Verdicts verdicts;
  State state;
  Attempt attempt;
  boolean stopped;

  RunningCheck(CheckConfig config, Probe probe, Verdicts verdicts, State state) {
    this.config = config;
    this.probe = probe;
    this.verdicts = verdicts;
    this.state = state;
  }

  CheckConfig config() {
    return config;
  }

  Standing standing() {
    return state.standing();
  }
}
