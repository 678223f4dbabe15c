package io.keepstream.health.edge;

import io.keepstream.health.config.CheckConfig;
import io.keepstream.health.verdict.Standing;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The checks of real servers: the same check for several real servers runs once for all. */
final class SharedChecks {
  private final CheckLoop loop;
  private final Map<CheckConfig, RunningCheck> running = new LinkedHashMap<>();

  SharedChecks(CheckLoop loop) {
    this.loop = loop;
  }

  /** Listens to the check, which begins with {@code standing} if it does not run yet. */
  RunningCheck join(CheckConfig config, Standing standing, Verdicts listener) {
    RunningCheck present = running.get(config);
    if (present != null) {
      present.listen(listener);
      loop.resume(present);
      return present;
    }
    RunningCheck started = loop.start(config, standing, listener);
    running.put(config, started);
    return started;
  }

  /** Listens no longer; the last one stops the check, at once. */
  void leave(RunningCheck check, Verdicts listener) {
    if (!check.unlisten(listener)) {
      running.remove(check.config());
      loop.stop(check);
    } else if (!check.isWanted()) {
      loop.suspend(check);
    }
  }

  /** Wants no attempts for the time being; the check is suspended when nobody else does. */
  void suspend(RunningCheck check, Verdicts listener) {
    check.sleep(listener);
    if (!check.isWanted()) {
      loop.suspend(check);
    }
  }

  /**
   * Wants attempts again.
   *
   * @return whether the check went on for others meanwhile, and may know something new
   */
  boolean resume(RunningCheck check, Verdicts listener) {
    boolean wentOn = check.isWanted();
    check.wake(listener);
    loop.resume(check);
    return wentOn;
  }

  /**
   * Goes over to other rules for the same target. The verdict stays, unless such a check runs
   * already and knows better.
   */
  RunningCheck change(RunningCheck check, CheckConfig config, Verdicts listener) {
    if (!running.containsKey(config) && !check.isShared()) {
      running.remove(check.config());
      loop.change(check, config);
      running.put(config, check);
      return check;
    }
    boolean begins = !running.containsKey(config);
    RunningCheck other = join(config, check.state.standing(), listener);
    if (begins) {
      other.inherit(check);
    }
    leave(check, listener);
    return other;
  }

  Collection<RunningCheck> running() {
    return running.values();
  }
}
