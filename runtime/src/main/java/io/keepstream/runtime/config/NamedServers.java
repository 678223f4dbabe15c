package io.keepstream.runtime.config;

import io.keepstream.config.Section;
import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.Numbers;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.value.ServerName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A virtual server of the configuration with the names that events and FIFO lines use for it and
 * its real servers, as keepalived does.
 *
 * @param section its block
 * @param name as in {@code [172.32.10.18]:tcp:80}, {@code [GROUP]:0} or {@code FWM 7}
 * @param kind what the header names
 * @param protocol of its real servers, as in {@code TCP}; {@code NONE} behind a firewall mark
 * @param port its own; 0 for none
 */
public record NamedServers(Section section, String name, Kind kind, String protocol, int port) {
  private static final Set<String> PROTOCOLS = Set.of("TCP", "UDP", "SCTP");
  private static final String DEFAULT_PROTOCOL = "UDP";
  private static final String DEFAULT_METHOD = "NAT";
  private static final int MAX_PORT = 65_535;

  /** What the header of a virtual server names. */
  public enum Kind {
    ADDRESS,
    GROUP,
    FIREWALL_MARK
  }

  /** Every virtual server of the document whose header can be read, in order. */
  public static List<NamedServers> of(Section root) {
    Map<String, Integer> groupUses = new HashMap<>();
    List<NamedServers> servers = new ArrayList<>();
    for (Section block : root.blocks("virtual_server")) {
      named(block, groupUses).ifPresent(servers::add);
    }
    return servers;
  }

  private static Optional<NamedServers> named(Section block, Map<String, Integer> groupUses) {
    String second = block.header().argument(1);
    String protocol =
        block
            .text("protocol")
            .map(word -> word.toUpperCase(Locale.ROOT))
            .filter(PROTOCOLS::contains)
            .orElse(DEFAULT_PROTOCOL);
    return switch (block.name()) {
      case "fwmark" ->
          Numbers.integer(second).stream()
              .mapToObj(ServerName::ofFirewallMark)
              .map(name -> new NamedServers(block, name, Kind.FIREWALL_MARK, "NONE", 0))
              .findFirst();
      case "group" -> {
        int index = groupUses.merge(second, 1, Integer::sum) - 1;
        String name = ServerName.ofGroup(second, index);
        yield Optional.of(new NamedServers(block, name, Kind.GROUP, protocol, 0));
      }
      default -> {
        int port = port(second);
        yield Addresses.ip(block.name())
            .map(address -> ServerName.of(address, protocol, port))
            .map(name -> new NamedServers(block, name, Kind.ADDRESS, protocol, port));
      }
    };
  }

  /** How events call a real server of this virtual server; empty if its header is unreadable. */
  public Optional<BackendRef> backend(Section realServer) {
    return Addresses.ip(realServer.name())
        .map(address -> ServerName.of(address, protocol, reachedPort(realServer)))
        .map(server -> new BackendRef(name, server));
  }

  /** Where the checks of a real server connect to unless they say otherwise; 0 for nowhere. */
  public int checkedPort(Section realServer) {
    int reached = reachedPort(realServer);
    return reached == 0 ? port(realServer.header().argument(1)) : reached;
  }

  /** Without masquerading, a server is reached at the port of the service and called so. */
  private int reachedPort(Section realServer) {
    int own = port(realServer.header().argument(1));
    boolean masquerading = method(realServer).equals(DEFAULT_METHOD);
    return switch (kind) {
      case ADDRESS -> masquerading && own != 0 ? own : port;
      case GROUP -> own;
      case FIREWALL_MARK -> masquerading ? own : 0;
    };
  }

  private String method(Section realServer) {
    return realServer
        .last("lvs_method")
        .or(
            () ->
                section.statements().reversed().stream()
                    .filter(line -> line.is("lb_kind") || line.is("lvs_method"))
                    .findFirst())
        .map(line -> line.argument(0))
        .orElse(DEFAULT_METHOD);
  }

  /** A port as it is written; 0 where there is none. */
  public static int port(String word) {
    long port = Numbers.integer(word).orElse(0);
    return port >= 0 && port <= MAX_PORT ? (int) port : 0;
  }
}
