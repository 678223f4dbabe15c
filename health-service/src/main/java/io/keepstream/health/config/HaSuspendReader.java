package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.value.AddressRange;
import io.keepstream.config.value.Addresses;
import io.keepstream.runtime.config.NamedServers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads {@code ha_suspend}: the addresses without which a virtual server's checks are suspended.
 */
final class HaSuspendReader {
  private final Section root;
  private final Consumer<Diagnostic> problems;

  HaSuspendReader(Section root, Consumer<Diagnostic> problems) {
    this.root = root;
    this.problems = problems;
  }

  /** By virtual server. */
  Map<String, List<AddressRange>> read() {
    Map<String, List<AddressRange>> suspending = new LinkedHashMap<>();
    for (NamedServers server : NamedServers.of(root)) {
      if (server.section().has("ha_suspend")) {
        addresses(server)
            .ifPresentOrElse(
                addresses -> suspending.putIfAbsent(server.name(), addresses),
                () -> warn(server.section()));
      }
    }
    return suspending;
  }

  /** Empty where there are firewall marks, which are on no host. */
  private Optional<List<AddressRange>> addresses(NamedServers server) {
    return switch (server.kind()) {
      case ADDRESS ->
          Addresses.ip(server.section().name()).map(ip -> List.of(new AddressRange(ip, ip)));
      case GROUP -> addressesOfGroup(server.section().header().argument(1));
      case FIREWALL_MARK -> Optional.empty();
    };
  }

  private Optional<List<AddressRange>> addressesOfGroup(String name) {
    return root.blocks("virtual_server_group").stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .filter(group -> !group.has("fwmark"))
        .map(
            group ->
                group.statements().stream()
                    .flatMap(line -> AddressRange.read(line.keyword().text()).stream())
                    .toList())
        .filter(addresses -> !addresses.isEmpty());
  }

  private void warn(Section server) {
    String message = "ha_suspend: firewall marks are on no host, so checks are never suspended";
    problems.accept(
        Diagnostic.warning(server.last("ha_suspend").orElseThrow().position(), message));
  }
}
