package io.keepstream.lvs.plan;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.lvs.config.Server;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.Settings;
import io.keepstream.lvs.ipvs.VirtualService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table there should be, and which servers its destinations are.
 *
 * @param table the table
 * @param backends the servers by service and destination
 */
public record DesiredTable(
    ServiceTable table, Map<ServiceKey, Map<DestinationKey, BackendRef>> backends) {
  public static final DesiredTable EMPTY = new DesiredTable(ServiceTable.EMPTY, Map.of());

  public DesiredTable {
    backends = Map.copyOf(backends);
  }

  /** The server that is {@code destination} of {@code service}. */
  public Optional<BackendRef> backend(ServiceKey service, DestinationKey destination) {
    return Optional.ofNullable(backends.getOrDefault(service, Map.of()).get(destination));
  }

  /**
   * Puts virtual servers together. They may share a service, as two virtual servers of a group
   * share its firewall marks: the first says how it balances, all put their destinations into it.
   * Of two servers that are the same destination, one that takes connections comes first.
   */
  static final class Builder {
    private final Map<ServiceKey, VirtualService> services = new LinkedHashMap<>();
    private final Map<ServiceKey, Map<DestinationKey, Placed>> placed = new LinkedHashMap<>();

    private record Placed(Destination destination, BackendRef backend) {}

    void services(List<VirtualService> more) {
      for (VirtualService service : more) {
        services.putIfAbsent(service.key(), service);
        placed.computeIfAbsent(service.key(), key -> new LinkedHashMap<>());
      }
    }

    void put(List<VirtualService> into, Server server, int weight) {
      for (VirtualService service : into) {
        Destination destination = server.in(service.key()).withWeight(weight);
        placed
            .get(service.key())
            .merge(
                destination.key(),
                new Placed(destination, server.backend()),
                (first, second) -> first.destination().weight() > 0 ? first : second);
      }
    }

    DesiredTable build(Settings settings) {
      Map<ServiceKey, ServiceTable.Entry> entries = new LinkedHashMap<>();
      Map<ServiceKey, Map<DestinationKey, BackendRef>> backends = new LinkedHashMap<>();
      placed.forEach(
          (key, destinations) -> {
            List<Destination> list =
                destinations.values().stream().map(Placed::destination).toList();
            entries.put(key, ServiceTable.Entry.of(services.get(key), list));
            Map<DestinationKey, BackendRef> names = new LinkedHashMap<>();
            destinations.forEach((each, where) -> names.put(each, where.backend()));
            backends.put(key, names);
          });
      return new DesiredTable(new ServiceTable(entries, settings), backends);
    }
  }
}
