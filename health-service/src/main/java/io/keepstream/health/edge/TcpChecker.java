package io.keepstream.health.edge;

import io.keepstream.health.config.Connection;
import io.keepstream.health.config.Target;
import io.keepstream.health.port.Attempt;
import io.keepstream.health.port.Checker;
import io.keepstream.health.port.Probe;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.ProbeTarget;
import io.keepstream.linux.socket.TcpProber;
import io.netty.channel.IoEventLoop;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** Checks by connecting: a connection that can be made is success, whatever becomes of it. */
final class TcpChecker implements Checker<Target.Tcp>, AutoCloseable {
  private final IoEventLoop loop;
  private final ConnectLanes lanes;

  TcpChecker(Libc libc, IoEventLoop loop) {
    this(loop, new ConnectLanes(libc, loop, ConnectLanes.FEW));
  }

  TcpChecker(IoEventLoop loop, ConnectLanes lanes) {
    this.loop = loop;
    this.lanes = lanes;
  }

  @Override
  public Probe prepare(Target.Tcp target) {
    return new Prepared(lanes.enter(), target.to());
  }

  private final class Prepared implements Probe {
    private final ConnectLanes.Lane lane;
    private final Connection to;
    private final ProbeTarget target;

    Prepared(ConnectLanes.Lane lane, Connection to) {
      this.lane = lane;
      this.to = to;
      target = Connections.target(to).resetOnClose();
    }

    @Override
    public Attempt start(long timeoutNanos, Consumer<CheckResult> done) {
      Connecting attempt = new Connecting(this, done);
      lane.execute(attempt::begin);
      return attempt;
    }

    @Override
    public void close() {
      lane.leave();
    }
  }

  /** All but {@link #abandon} happens on the loop of the lane. */
  private final class Connecting implements Attempt {
    private final Prepared prepared;
    private final Consumer<CheckResult> done;
    private TcpProber.Probe probe;
    private long startedNanos;
    private boolean over;

    Connecting(Prepared prepared, Consumer<CheckResult> done) {
      this.prepared = prepared;
      this.done = done;
    }

    private void begin() {
      startedNanos = loop.ticker().nanoTime();
      probe = prepared.lane.prober().connect(prepared.target, this::told);
    }

    private void told(int errno) {
      over = true;
      CheckResult result = result(errno);
      prepared.lane.tell(() -> done.accept(result));
    }

    private CheckResult result(int errno) {
      long durationNanos = loop.ticker().nanoTime() - startedNanos;
      return connected(errno)
          ? CheckResult.passed(durationNanos)
          : CheckResult.failed(
              Connections.reason(errno, prepared.to), Errno.describe(errno), durationNanos);
    }

    @Override
    public void abandon() {
      prepared.lane.execute(this::release);
      // Later, since nothing may be told while this is called.
      loop.execute(() -> prepared.lane.execute(this::giveUp));
    }

    @Override
    public boolean isUnheard() {
      return prepared.lane.isLate();
    }

    /** Behind what begins the attempt, if that went well. */
    private void release() {
      if (probe != null) {
        probe.close();
      }
    }

    private void giveUp() {
      if (!over) {
        told(Errno.ETIMEDOUT);
      }
    }
  }

  /** Who resets a connection has made one: a reset instead of a handshake is ECONNREFUSED. */
  static boolean connected(int errno) {
    return errno == 0 || errno == Errno.ECONNRESET || errno == Errno.EPIPE;
  }

  /** Completes when all loops that connect have come to it. */
  Future<?> reach() {
    return lanes.reach();
  }

  @Override
  public void close() {
    lanes.close();
  }
}
