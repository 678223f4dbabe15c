package io.keepstream.lvs.plan;

import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.plan.TableChange.AddDestination;
import io.keepstream.lvs.plan.TableChange.AddService;
import io.keepstream.lvs.plan.TableChange.RemoveDestination;
import io.keepstream.lvs.plan.TableChange.RemoveService;
import io.keepstream.lvs.plan.TableChange.UpdateDestination;
import io.keepstream.lvs.plan.TableChange.UpdateService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The difference between two tables. */
public final class Reconciler {
  private Reconciler() {}

  /**
   * The changes that turn {@code actual} into {@code desired}, in an order that never leaves a
   * service without a destination that takes connections when it need not: in each service what
   * takes connections is added and raised before anything is lowered to weight 0 or removed.
   *
   * @param owned the services that may be removed; all others that are not desired stay
   */
  public static List<TableChange> diff(
      ServiceTable desired, ServiceTable actual, Set<ServiceKey> owned) {
    List<TableChange> changes = new ArrayList<>();
    desired.entries().forEach((key, entry) -> service(entry, actual.entries().get(key), changes));
    for (ServiceKey key : actual.entries().keySet()) {
      if (owned.contains(key) && !desired.entries().containsKey(key)) {
        changes.add(new RemoveService(key));
      }
    }
    return changes;
  }

  /** The table after {@code changes}; a change of something that is not there does nothing. */
  public static ServiceTable patched(ServiceTable table, List<TableChange> changes) {
    if (changes.isEmpty()) {
      return table;
    }
    Map<ServiceKey, Entry> entries = new LinkedHashMap<>(table.entries());
    Map<ServiceKey, Map<DestinationKey, Destination>> edited = new LinkedHashMap<>();
    for (TableChange change : changes) {
      Map<DestinationKey, Destination> destinations =
          edited.computeIfAbsent(
              change.service(),
              key ->
                  new LinkedHashMap<>(table.entry(key).map(Entry::destinations).orElse(Map.of())));
      switch (change) {
        case AddService(var added) -> entries.put(added.key(), new Entry(added, Map.of()));
        case UpdateService(var before, var after) ->
            entries.put(after.key(), new Entry(after, Map.of()));
        case RemoveService(var key) -> entries.remove(key);
        case AddDestination(var key, var added) -> destinations.put(added.key(), added);
        case UpdateDestination(var key, var before, var after) ->
            destinations.put(after.key(), after);
        case RemoveDestination(var key, var removed) -> destinations.remove(removed);
      }
    }
    edited.forEach(
        (key, destinations) ->
            entries.computeIfPresent(key, (k, entry) -> new Entry(entry.service(), destinations)));
    return new ServiceTable(entries);
  }

  private static void service(Entry desired, Entry actual, List<TableChange> changes) {
    ServiceKey key = desired.service().key();
    if (actual == null) {
      changes.add(new AddService(desired.service()));
    } else if (!desired.service().equals(actual.service())) {
      changes.add(new UpdateService(actual.service(), desired.service()));
    }
    destinations(
        key, desired.destinations(), actual == null ? Map.of() : actual.destinations(), changes);
  }

  private static void destinations(
      ServiceKey service,
      Map<DestinationKey, Destination> desired,
      Map<DestinationKey, Destination> actual,
      List<TableChange> changes) {
    List<TableChange> serving = new ArrayList<>();
    List<TableChange> resting = new ArrayList<>();
    for (Destination wanted : desired.values()) {
      Destination there = actual.get(wanted.key());
      List<TableChange> phase = wanted.weight() > 0 ? serving : resting;
      if (there == null) {
        phase.add(new AddDestination(service, wanted));
      } else if (!there.equals(wanted)) {
        phase.add(new UpdateDestination(service, there, wanted));
      }
    }
    changes.addAll(serving);
    changes.addAll(resting);
    for (DestinationKey there : actual.keySet()) {
      if (!desired.containsKey(there)) {
        changes.add(new RemoveDestination(service, there));
      }
    }
  }
}
