package io.keepstream.health.edge;

import io.keepstream.health.config.Connection;
import io.keepstream.health.config.Target;
import io.keepstream.health.port.Checker;
import io.keepstream.health.port.Probe;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.TcpProber;
import io.keepstream.linux.socket.TcpTarget;
import io.netty.channel.IoEventLoop;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.IntConsumer;

/** Checks by connecting: a connection that can be made is success, whatever becomes of it. */
final class TcpChecker implements Checker<Target.Tcp> {
  private static final InetAddress ANY_IPV4 = InetAddress.ofLiteral("0.0.0.0");
  private static final InetAddress ANY_IPV6 = InetAddress.ofLiteral("::");

  private final TcpProber prober;
  private final IoEventLoop loop;

  TcpChecker(Libc libc, IoEventLoop loop) {
    this.prober = new TcpProber(libc, loop);
    this.loop = loop;
  }

  @Override
  public Probe prepare(Target.Tcp target) {
    TcpTarget prepared = prepared(target.to());
    boolean fromAnywhere = target.to().bindAddress() == null;
    return (timeoutNanos, done) -> {
      long startedNanos = loop.ticker().nanoTime();
      IntConsumer told = errno -> done.accept(result(errno, fromAnywhere, startedNanos));
      TcpProber.Probe probe = prober.connect(prepared, told);
      return () -> {
        probe.close();
        loop.execute(() -> told.accept(Errno.ETIMEDOUT));
      };
    };
  }

  private CheckResult result(int errno, boolean fromAnywhere, long startedNanos) {
    long durationNanos = loop.ticker().nanoTime() - startedNanos;
    if (connected(errno)) {
      return CheckResult.passed(durationNanos);
    }
    // Without an address of our own to be wrong, there was no port left to connect from.
    FailureReason reason =
        errno == Errno.EADDRNOTAVAIL && fromAnywhere ? FailureReason.NO_RESOURCES : reason(errno);
    return CheckResult.failed(reason, Errno.describe(errno), durationNanos);
  }

  /** Who resets a connection has made one: a reset instead of a handshake is ECONNREFUSED. */
  private static boolean connected(int errno) {
    return errno == 0 || errno == Errno.ECONNRESET || errno == Errno.EPIPE;
  }

  private static FailureReason reason(int errno) {
    return switch (errno) {
      case Errno.ECONNREFUSED -> FailureReason.CONNECT_REFUSED;
      case Errno.ETIMEDOUT -> FailureReason.CONNECT_TIMEOUT;
      case Errno.EHOSTUNREACH, Errno.EHOSTDOWN -> FailureReason.HOST_UNREACHABLE;
      case Errno.ENETUNREACH, Errno.ENETDOWN -> FailureReason.NETWORK_UNREACHABLE;
      case Errno.EPERM, Errno.EACCES -> FailureReason.NOT_PERMITTED;
      case Errno.EADDRNOTAVAIL, Errno.EADDRINUSE, Errno.ENODEV -> FailureReason.LOCAL_ADDRESS;
      case Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM, Errno.EAGAIN ->
          FailureReason.NO_RESOURCES;
      default -> FailureReason.CONNECT_FAILED;
    };
  }

  private static TcpTarget prepared(Connection target) {
    TcpTarget prepared =
        new TcpTarget(new InetSocketAddress(target.address(), target.port()))
            .resetOnClose()
            .mark((int) target.firewallMark());
    if (target.bindInterface() != null) {
      prepared.device(target.bindInterface());
    }
    if (target.bindAddress() != null || target.bindPort() != 0) {
      InetAddress any = target.address() instanceof Inet4Address ? ANY_IPV4 : ANY_IPV6;
      InetAddress local = target.bindAddress() == null ? any : target.bindAddress();
      prepared.from(new InetSocketAddress(local, target.bindPort()));
    }
    return prepared;
  }
}
