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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The virtual servers of a configuration with the names that events use for them.
 *
 * @param section the block
 * @param name as in {@code [172.32.10.18]:tcp:80}, {@code [GROUP]:0} or {@code FWM 7}
 * @param protocol as in {@code TCP}; {@code NONE} behind a firewall mark
 * @param port what its real servers have where they name none; 0 for none
 */
record VirtualServers(Section section, String name, String protocol, int port) {
  private static final String DEFAULT_PROTOCOL = "UDP";

  static List<VirtualServers> of(Section root) {
    Map<String, Integer> users = new HashMap<>();
    List<VirtualServers> servers = new ArrayList<>();
    for (Section block : root.blocks("virtual_server")) {
      named(block, users).ifPresent(servers::add);
    }
    return servers;
  }

  private static Optional<VirtualServers> named(Section block, Map<String, Integer> users) {
    Statement header = block.header();
    String protocol = block.text("protocol").orElse(DEFAULT_PROTOCOL).toUpperCase(Locale.ROOT);
    String second = header.argument(1);
    return switch (header.argument(0)) {
      case "fwmark" ->
          Numbers.integer(second).stream()
              .mapToObj(ServerName::ofFirewallMark)
              .map(name -> new VirtualServers(block, name, "NONE", 0))
              .findFirst();
      case "group" -> {
        int index = users.merge(second, 1, Integer::sum) - 1;
        yield Optional.of(
            new VirtualServers(block, ServerName.ofGroup(second, index), protocol, 0));
      }
      default -> {
        int port = port(second);
        yield Addresses.ip(header.argument(0))
            .map(address -> ServerName.of(address, protocol, port))
            .map(name -> new VirtualServers(block, name, protocol, port));
      }
    };
  }

  /** How events name the real server of this virtual server at an address. */
  BackendRef backend(InetAddress address, int port) {
    return new BackendRef(name, ServerName.of(address, protocol, port));
  }

  /** A port as a header writes it; 0 when there is none. */
  static int port(String text) {
    return (int) Numbers.integer(text).orElse(0);
  }
}
