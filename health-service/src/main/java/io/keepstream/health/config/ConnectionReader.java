package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.Addresses;
import io.keepstream.runtime.config.NamedServers;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads how a check connects, which is said in the same words in most checks. */
final class ConnectionReader {
  private final Consumer<Diagnostic> problems;

  ConnectionReader(Consumer<Diagnostic> problems) {
    this.problems = problems;
  }

  /**
   * The connection of one check.
   *
   * @param address where to, unless {@code check} says otherwise
   * @param port the same
   */
  Connection read(Section check, InetAddress address, int port) {
    int connectPort = port(check, "connect_port");
    int remotePort = connectPort == 0 ? port : connectPort;
    if (remotePort == 0) {
      warn(check.header(), "there is no port 0 to connect to; connect_port can name another");
    }
    return read(check, address, remotePort, port(check, "bind_port"));
  }

  /** The same for a protocol without ports. */
  Connection readWithoutPorts(Section check, InetAddress address) {
    return read(check, address, 0, 0);
  }

  private Connection read(Section check, InetAddress address, int port, int bindPort) {
    InetAddress remote = check.text("connect_ip").flatMap(Addresses::ip).orElse(address);
    String bindInterface = check.text("bind_if").orElse(null);
    if (remote.isLinkLocalAddress() && Addresses.bits(remote) == 128 && bindInterface == null) {
      warn(check.header(), "a link-local address can only be reached with bind_if");
    }
    return new Connection(
        remote,
        port,
        bindAddress(check, remote).orElse(null),
        bindPort,
        bindInterface,
        check.wholeNumber("fwmark").orElse(0));
  }

  private static int port(Section check, String keyword) {
    return check.text(keyword).map(NamedServers::port).orElse(0);
  }

  private Optional<InetAddress> bindAddress(Section check, InetAddress remote) {
    Optional<InetAddress> local = check.text("bindto").flatMap(Addresses::ip);
    if (local.isPresent() && Addresses.bits(local.get()) != Addresses.bits(remote)) {
      check
          .last("bindto")
          .ifPresent(line -> warn(line, "not of the address family to connect to, ignored"));
      return Optional.empty();
    }
    return local;
  }

  private void warn(Statement line, String message) {
    problems.accept(Diagnostic.warning(line.position(), line.keyword().text() + ": " + message));
  }
}
