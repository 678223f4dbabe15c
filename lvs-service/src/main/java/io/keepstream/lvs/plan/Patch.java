package io.keepstream.lvs.plan;

import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.ipvs.Settings;
import io.keepstream.lvs.ipvs.SyncDaemon;
import io.keepstream.lvs.ipvs.Timeouts;
import io.keepstream.lvs.ipvs.VirtualService;
import io.keepstream.lvs.plan.TableChange.AddDestination;
import io.keepstream.lvs.plan.TableChange.AddService;
import io.keepstream.lvs.plan.TableChange.RemoveDestination;
import io.keepstream.lvs.plan.TableChange.RemoveService;
import io.keepstream.lvs.plan.TableChange.SetTimeouts;
import io.keepstream.lvs.plan.TableChange.StartDaemon;
import io.keepstream.lvs.plan.TableChange.StopDaemon;
import io.keepstream.lvs.plan.TableChange.UpdateDestination;
import io.keepstream.lvs.plan.TableChange.UpdateService;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A table on its way to another; a change of something that is not there does nothing. */
final class Patch {
  private final Map<ServiceKey, Entry> entries;
  private final Map<ServiceKey, Map<DestinationKey, Destination>> edited = new LinkedHashMap<>();
  private final Map<SyncDaemon.Role, SyncDaemon> daemons = new EnumMap<>(SyncDaemon.Role.class);
  private Timeouts timeouts;

  Patch(ServiceTable table) {
    entries = new LinkedHashMap<>(table.entries());
    daemons.putAll(table.settings().daemons());
    timeouts = table.settings().timeouts();
  }

  void take(TableChange change) {
    switch (change) {
      case AddService(var added) -> put(added);
      case UpdateService(var before, var after) -> put(after);
      case RemoveService(var service) -> entries.remove(service);
      case AddDestination(var service, var added) -> edited(service).put(added.key(), added);
      case UpdateDestination(var service, var before, var after) ->
          edited(service).put(after.key(), after);
      case RemoveDestination(var service, var removed) -> edited(service).remove(removed);
      case StartDaemon(var started) -> daemons.put(started.role(), started);
      case StopDaemon(var stopped) -> daemons.remove(stopped.role());
      case SetTimeouts(var before, var after) -> timeouts = after.or(timeouts);
    }
  }

  private void put(VirtualService service) {
    Entry there = entries.get(service.key());
    entries.put(service.key(), new Entry(service, there == null ? Map.of() : there.destinations()));
  }

  private Map<DestinationKey, Destination> edited(ServiceKey service) {
    return edited.computeIfAbsent(
        service,
        key -> {
          Entry there = entries.get(key);
          return new LinkedHashMap<>(there == null ? Map.of() : there.destinations());
        });
  }

  ServiceTable result() {
    edited.forEach(
        (key, destinations) ->
            entries.computeIfPresent(key, (k, entry) -> new Entry(entry.service(), destinations)));
    return new ServiceTable(entries, new Settings(daemons, timeouts));
  }
}
