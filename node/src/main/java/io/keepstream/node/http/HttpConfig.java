package io.keepstream.node.http;

import io.keepstream.config.Section;
import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.Numbers;
import io.keepstream.contract.Service;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where a node is asked over HTTP.
 *
 * @param address the address it listens on
 * @param port the first of four: each process listens on the one of its first service
 */
public record HttpConfig(InetAddress address, int port) {
  /** Who has which port, beginning with the configured one. */
  private static final List<Service> PORTS =
      List.of(Service.ELECTION, Service.HEALTH, Service.LVS, Service.NOTIFIER);

  private static final int HIGHEST_PORT = 65_536 - PORTS.size();
  private static final HttpConfig USUAL = read("127.0.0.1:9165").orElseThrow();

  /** What the block {@code http} says; none without one. */
  public static Optional<HttpConfig> read(Section root) {
    return root.block("http")
        .map(block -> block.text("listen").flatMap(HttpConfig::read))
        .map(said -> said.orElse(USUAL));
  }

  /** {@code address:port}, an IPv6 address in brackets; none when it is something else. */
  public static Optional<HttpConfig> read(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String host = text.substring(0, colon);
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    OptionalLong port = Numbers.integer(text.substring(colon + 1));
    if (port.isEmpty() || port.getAsLong() < 1 || port.getAsLong() > HIGHEST_PORT) {
      return Optional.empty();
    }
    return Addresses.ip(brackets ? host.substring(1, host.length() - 1) : host)
        .filter(address -> brackets == host.contains(":"))
        .map(address -> new HttpConfig(address, (int) port.getAsLong()));
  }

  /** The port of a process with these services. */
  int portOf(Set<Service> services) {
    return port + services.stream().mapToInt(PORTS::indexOf).min().orElse(0);
  }
}
