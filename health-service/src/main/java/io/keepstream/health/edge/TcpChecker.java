package io.keepstream.health.edge;

import io.keepstream.health.config.Connection;
import io.keepstream.health.config.Target;
import io.keepstream.health.port.Checker;
import io.keepstream.health.port.Probe;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.ProbeTarget;
import io.keepstream.linux.socket.TcpProber;
import io.netty.channel.IoEventLoop;
import java.util.function.IntConsumer;

/** Checks by connecting: a connection that can be made is success, whatever becomes of it. */
final class TcpChecker implements Checker<Target.Tcp> {
  private final TcpProber prober;
  private final IoEventLoop loop;

  TcpChecker(Libc libc, IoEventLoop loop) {
    this.prober = new TcpProber(libc, loop);
    this.loop = loop;
  }

  @Override
  public Probe prepare(Target.Tcp target) {
    ProbeTarget prepared = Connections.target(target.to()).resetOnClose();
    return (timeoutNanos, done) -> {
      long startedNanos = loop.ticker().nanoTime();
      IntConsumer told = errno -> done.accept(result(errno, target.to(), startedNanos));
      TcpProber.Probe probe = prober.connect(prepared, told);
      return () -> {
        probe.close();
        loop.execute(() -> told.accept(Errno.ETIMEDOUT));
      };
    };
  }

  private CheckResult result(int errno, Connection to, long startedNanos) {
    long durationNanos = loop.ticker().nanoTime() - startedNanos;
    return connected(errno)
        ? CheckResult.passed(durationNanos)
        : CheckResult.failed(Connections.reason(errno, to), Errno.describe(errno), durationNanos);
  }

  /** Who resets a connection has made one: a reset instead of a handshake is ECONNREFUSED. */
  static boolean connected(int errno) {
    return errno == 0 || errno == Errno.ECONNRESET || errno == Errno.EPIPE;
  }
}
