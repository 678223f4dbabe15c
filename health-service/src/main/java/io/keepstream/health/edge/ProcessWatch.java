package io.keepstream.health.edge;

import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.ProcessConfig;
import io.keepstream.health.tracker.Quorum;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Tracked processes. */
final class ProcessWatch implements TrackerWatch<ProcessConfig> {
  private final ProcessFollower processes;
  private final EventLoop loop;
  private final TrackerReport report;
  private ProcessConfig config;
  private ProcessFollower.Followed followed;

  /** Null before the first count. */
  private Quorum quorum;

  private Future<?> timer;

  ProcessWatch(
      ProcessConfig config, ProcessFollower processes, EventLoop loop, TrackerReport report) {
    this.processes = processes;
    this.loop = loop;
    this.report = report;
    this.config = config;
    begin();
  }

  /** Under other rules the same processes count as they are; others are another tracker. */
  @Override
  public void change(ProcessConfig wanted) {
    if (wanted.equals(config)) {
      return;
    }
    boolean samePattern = wanted.pattern().equals(config.pattern());
    config = wanted;
    if (!samePattern) {
      stop();
      report.forget();
      begin();
    } else if (quorum != null) {
      take(Quorum.decided(config.rules(), quorum.count()));
    }
  }

  @Override
  public void stop() {
    processes.forget(followed);
    disarm();
  }

  @Override
  public ServiceState.Tracker state() {
    return report.state();
  }

  private void begin() {
    quorum = null;
    followed = processes.follow(config.pattern(), this::counted);
  }

  private void counted(int count) {
    take(
        quorum == null
            ? Quorum.decided(config.rules(), count)
            : quorum.counted(config.rules(), count, nowNanos()));
  }

  private void expired() {
    timer = null;
    take(quorum.expired(config.rules(), nowNanos()));
  }

  private void take(Quorum next) {
    quorum = next;
    report.decided(next.up(), null, config.rules().describe(next.count()));
    disarm();
    if (next.deadlineNanos() != Quorum.NEVER) {
      long delayNanos = Math.max(0, next.deadlineNanos() - nowNanos());
      timer = loop.schedule(this::expired, delayNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private long nowNanos() {
    return loop.ticker().nanoTime();
  }
}
