package io.keepstream.health.config;

import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.Numbers;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.value.ServerName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A virtual server of the configuration under the name that events use for it.
 *
 * @param section the block
 * @param name as in {@code [172.32.10.18]:tcp:80}, {@code [GROUP]:0} or {@code FWM 7}
 * @param protocol as in {@code TCP}; {@code NONE} behind a firewall mark
 * @param port of an address; 0 where there is none
 */
record VirtualServer(Section section, String name, String protocol, int port) {
  private static final int MAX_PORT = 65535;
  private static final String DEFAULT_PROTOCOL = "UDP";
  private static final String MARK = "fwmark";
  private static final String GROUP = "group";
  private static final Set<String> FORWARDING = Set.of("lb_kind", "lvs_method");
  private static final Set<String> KEEPING_THE_PORT = Set.of("DR", "TUN");

  /** All whose header can be read. */
  static List<VirtualServer> all(Section root) {
    Map<String, Integer> groupUses = new HashMap<>();
    List<VirtualServer> servers = new ArrayList<>();
    for (Section block : root.blocks("virtual_server")) {
      read(block, groupUses).ifPresent(servers::add);
    }
    return servers;
  }

  private static Optional<VirtualServer> read(Section block, Map<String, Integer> groupUses) {
    String protocol = block.text("protocol").orElse(DEFAULT_PROTOCOL);
    String second = block.header().argument(1);
    return switch (block.name()) {
      case MARK ->
          Numbers.integer(second).stream()
              .mapToObj(ServerName::ofFirewallMark)
              .map(name -> new VirtualServer(block, name, "NONE", 0))
              .findFirst();
      case GROUP -> {
        int index = groupUses.merge(second, 1, Integer::sum) - 1;
        yield Optional.of(new VirtualServer(block, ServerName.ofGroup(second, index), protocol, 0));
      }
      default -> {
        int port = port(second);
        yield Addresses.ip(block.name())
            .map(address -> ServerName.of(address, protocol, port))
            .map(name -> new VirtualServer(block, name, protocol, port));
      }
    };
  }

  /** How events name {@code realServer}, which has this address. */
  BackendRef backend(Section realServer, InetAddress address) {
    return new BackendRef(name, ServerName.of(address, protocol, reachedPort(realServer)));
  }

  /** Where the checks of {@code realServer} connect to unless they say otherwise; 0 for nowhere. */
  int checkedPort(Section realServer) {
    int reached = reachedPort(realServer);
    return reached == 0 ? ownPort(realServer) : reached;
  }

  /** Without masquerading a server is reached at the port of the service, and is called so. */
  private int reachedPort(Section realServer) {
    Optional<Statement> forwarding =
        realServer
            .last("lvs_method")
            .or(
                () ->
                    section.statements().reversed().stream()
                        .filter(line -> FORWARDING.contains(line.keyword().text()))
                        .findFirst());
    boolean keepsPort =
        forwarding.filter(line -> KEEPING_THE_PORT.contains(line.argument(0))).isPresent();
    if (!keepsPort || section.name().equals(GROUP)) {
      return ownPort(realServer);
    }
    return port;
  }

  private int ownPort(Section realServer) {
    int own = port(realServer.header().argument(1));
    return own == 0 ? port : own;
  }

  /** A port as it is written; 0 where there is none. */
  static int port(String text) {
    long port = Numbers.integer(text).orElse(0);
    return port >= 0 && port <= MAX_PORT ? (int) port : 0;
  }
}
