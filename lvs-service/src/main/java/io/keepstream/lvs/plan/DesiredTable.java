package io.keepstream.lvs.plan;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.lvs.config.Server;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.ipvs.Settings;
import io.keepstream.lvs.ipvs.VirtualService;
import java.util.HashMap;
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
   * Puts the tables of virtual servers together. They may share a service, as two virtual servers
   * of a group share its firewall marks: the first says how it balances, all put their destinations
   * into it. Of two servers that are the same destination, one that takes connections comes first.
   */
  static DesiredTable together(List<DesiredTable> tables, Settings settings) {
    Map<ServiceKey, Entry> entries = new LinkedHashMap<>();
    Map<ServiceKey, Map<DestinationKey, BackendRef>> backends = new HashMap<>();
    for (DesiredTable each : tables) {
      each.table
          .entries()
          .forEach(
              (key, entry) -> {
                Entry there = entries.get(key);
                Map<DestinationKey, BackendRef> names = each.backends.get(key);
                entries.put(key, there == null ? entry : shared(there, entry));
                backends.merge(key, names, (first, second) -> shared(there, first, entry, second));
              });
    }
    return new DesiredTable(new ServiceTable(entries, settings), backends);
  }

  private static Entry shared(Entry first, Entry second) {
    Map<DestinationKey, Destination> destinations = new LinkedHashMap<>(first.destinations());
    second
        .destinations()
        .forEach((key, destination) -> destinations.merge(key, destination, DesiredTable::serving));
    return new Entry(first.service(), destinations);
  }

  private static Map<DestinationKey, BackendRef> shared(
      Entry first,
      Map<DestinationKey, BackendRef> firstNames,
      Entry second,
      Map<DestinationKey, BackendRef> secondNames) {
    Map<DestinationKey, BackendRef> names = new HashMap<>(secondNames);
    firstNames.forEach(
        (key, name) -> {
          Destination theirs = second.destinations().get(key);
          Destination ours = first.destinations().get(key);
          if (theirs == null || serving(ours, theirs).equals(ours)) {
            names.put(key, name);
          }
        });
    return names;
  }

  private static Destination serving(Destination first, Destination second) {
    return first.weight() > 0 ? first : second;
  }

  /** The table of one virtual server, with the same destinations in each of its services. */
  static final class Builder {
    private final List<VirtualService> services;
    private final Map<ServiceKey, Map<DestinationKey, Destination>> destinations =
        new LinkedHashMap<>();
    private final Map<ServiceKey, Map<DestinationKey, BackendRef>> names = new HashMap<>();

    Builder(List<VirtualService> services) {
      this.services = services;
      for (VirtualService service : services) {
        destinations.put(service.key(), new LinkedHashMap<>());
        names.put(service.key(), new HashMap<>());
      }
    }

    void put(Server server, int weight) {
      for (VirtualService service : services) {
        Destination destination = server.in(service.key()).withWeight(weight);
        Map<DestinationKey, Destination> there = destinations.get(service.key());
        Destination first = there.get(destination.key());
        if (first == null || first.weight() == 0) {
          there.put(destination.key(), destination);
          names.get(service.key()).put(destination.key(), server.backend());
        }
      }
    }

    DesiredTable build() {
      Map<ServiceKey, Entry> entries = new LinkedHashMap<>();
      for (VirtualService service : services) {
        entries.putIfAbsent(service.key(), new Entry(service, destinations.get(service.key())));
      }
      return new DesiredTable(new ServiceTable(entries), names);
    }
  }
}
