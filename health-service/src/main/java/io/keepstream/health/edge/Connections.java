package io.keepstream.health.edge;

import io.keepstream.health.config.Connection;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.socket.ProbeTarget;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Connections of the configuration as sockets know them, and what it means when they fail. */
final class Connections {
  private static final InetAddress ANY_IPV4 = InetAddress.ofLiteral("0.0.0.0");
  private static final InetAddress ANY_IPV6 = InetAddress.ofLiteral("::");

  private Connections() {}

  static ProbeTarget target(Connection to) {
    ProbeTarget target =
        new ProbeTarget(new InetSocketAddress(to.address(), to.port()))
            .mark((int) to.firewallMark());
    if (to.bindInterface() != null) {
      target.device(to.bindInterface());
    }
    if (to.bindAddress() != null || to.bindPort() != 0) {
      InetAddress any = to.address() instanceof Inet4Address ? ANY_IPV4 : ANY_IPV6;
      InetAddress local = to.bindAddress() == null ? any : to.bindAddress();
      target.from(new InetSocketAddress(local, to.bindPort()));
    }
    return target;
  }

  /** What an error number, be it of the kernel or by way of it from the network, failed of. */
  static FailureReason reason(int errno, Connection to) {
    return switch (errno) {
      case Errno.ECONNREFUSED -> FailureReason.CONNECT_REFUSED;
      case Errno.ETIMEDOUT -> FailureReason.CONNECT_TIMEOUT;
      case Errno.EHOSTUNREACH, Errno.EHOSTDOWN -> FailureReason.HOST_UNREACHABLE;
      case Errno.ENETUNREACH, Errno.ENETDOWN -> FailureReason.NETWORK_UNREACHABLE;
      case Errno.EPERM, Errno.EACCES -> FailureReason.NOT_PERMITTED;
      // Without an address of our own to be wrong, there was no port left to connect from.
      case Errno.EADDRNOTAVAIL ->
          to.bindAddress() == null ? FailureReason.NO_RESOURCES : FailureReason.LOCAL_ADDRESS;
      case Errno.EADDRINUSE, Errno.ENODEV -> FailureReason.LOCAL_ADDRESS;
      case Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM, Errno.EAGAIN ->
          FailureReason.NO_RESOURCES;
      default -> FailureReason.CONNECT_FAILED;
    };
  }
}
