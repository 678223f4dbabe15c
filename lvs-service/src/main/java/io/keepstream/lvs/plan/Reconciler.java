package io.keepstream.lvs.plan;

import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.ipvs.Settings;
import io.keepstream.lvs.ipvs.SyncDaemon;
import io.keepstream.lvs.ipvs.Timeouts;
import io.keepstream.lvs.plan.TableChange.AddDestination;
import io.keepstream.lvs.plan.TableChange.AddService;
import io.keepstream.lvs.plan.TableChange.RemoveDestination;
import io.keepstream.lvs.plan.TableChange.RemoveService;
import io.keepstream.lvs.plan.TableChange.SetTimeouts;
import io.keepstream.lvs.plan.TableChange.StartDaemon;
import io.keepstream.lvs.plan.TableChange.StopDaemon;
import io.keepstream.lvs.plan.TableChange.UpdateDestination;
import io.keepstream.lvs.plan.TableChange.UpdateService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The difference between two tables. */
public final class Reconciler {
  private Reconciler() {}

  /**
   * The changes that turn {@code actual} into {@code desired}, in an order that never leaves a
   * service without a destination that takes connections when it need not: in each service what
   * takes connections is added and raised before anything is lowered to weight 0 or removed.
   * Settings come first: they are few, and who follows a VRRP instance is waited for.
   *
   * @param owned what may be removed; all else that is not desired stays
   */
  public static List<TableChange> diff(ServiceTable desired, ServiceTable actual, Owned owned) {
    List<TableChange> changes = new ArrayList<>();
    settings(desired.settings(), actual.settings(), owned, changes);
    desired.entries().forEach((key, entry) -> service(entry, actual.entries().get(key), changes));
    for (ServiceKey key : actual.entries().keySet()) {
      if (owned.services().contains(key) && !desired.entries().containsKey(key)) {
        changes.add(new RemoveService(key));
      }
    }
    return changes;
  }

  private static void settings(
      Settings desired, Settings actual, Owned owned, List<TableChange> changes) {
    for (SyncDaemon running : actual.daemons().values()) {
      SyncDaemon wanted = desired.daemons().get(running.role());
      boolean goes =
          wanted == null ? owned.daemons().contains(running.role()) : !wanted.isLike(running);
      if (goes) {
        changes.add(new StopDaemon(running));
      }
    }
    for (SyncDaemon wanted : desired.daemons().values()) {
      SyncDaemon running = actual.daemons().get(wanted.role());
      if (running == null || !wanted.isLike(running)) {
        changes.add(new StartDaemon(wanted));
      }
    }
    Timeouts timeouts = desired.timeouts().or(owned.former());
    if (!timeouts.or(actual.timeouts()).equals(actual.timeouts())) {
      changes.add(new SetTimeouts(actual.timeouts(), timeouts));
    }
  }

  /** The table after {@code changes}; a change of something that is not there does nothing. */
  public static ServiceTable patched(ServiceTable table, List<TableChange> changes) {
    if (changes.isEmpty()) {
      return table;
    }
    Patch patch = new Patch(table);
    changes.forEach(patch::take);
    return patch.result();
  }

  private static void service(Entry desired, Entry actual, List<TableChange> changes) {
    if (desired.equals(actual)) {
      return;
    }
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
