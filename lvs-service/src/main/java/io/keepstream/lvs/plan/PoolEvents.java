package io.keepstream.lvs.plan;

import io.keepstream.contract.event.BackendEvent.Added;
import io.keepstream.contract.event.BackendEvent.Removed;
import io.keepstream.contract.event.BackendEvent.WeightChanged;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.LvsEvent.SyncDaemonStarted;
import io.keepstream.contract.event.LvsEvent.SyncDaemonStopped;
import io.keepstream.contract.event.LvsEvent.TimeoutsSet;
import io.keepstream.contract.value.ServerName;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.Timeouts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says what changes to the table mean, for servers where they concern servers. */
public final class PoolEvents {
  private final DesiredTable before;
  private final DesiredTable after;

  /** For changes on the way from one desired table to another. */
  public PoolEvents(DesiredTable before, DesiredTable after) {
    this.before = before;
    this.after = after;
  }

  /**
   * The events of {@code done}, one per server even where it is a destination of several services.
   *
   * @param table the table before the changes, which tells what a removed service held
   */
  public List<Event> of(Collection<TableChange> done, ServiceTable table) {
    Set<Event> events = new LinkedHashSet<>();
    for (TableChange change : done) {
      switch (change) {
        case TableChange.AddService added -> {}
        case TableChange.UpdateService updated -> {}
        case TableChange.RemoveService(var service) ->
            table
                .entry(service)
                .ifPresent(
                    entry ->
                        entry.destinations().keySet().stream()
                            .map(each -> new Removed(backend(service, each)))
                            .forEach(events::add));
        case TableChange.AddDestination(var service, var added) ->
            events.add(new Added(backend(service, added.key()), added.weight()));
        case TableChange.UpdateDestination(var service, var old, var now) -> {
          if (old.weight() != now.weight()) {
            events.add(new WeightChanged(backend(service, now.key()), old.weight(), now.weight()));
          }
        }
        case TableChange.RemoveDestination(var service, var removed) ->
            events.add(new Removed(backend(service, removed)));
        case TableChange.StartDaemon(var started) ->
            events.add(
                new SyncDaemonStarted(
                    started.role().word(), started.device(), started.syncId(), started.toString()));
        case TableChange.StopDaemon(var stopped) ->
            events.add(
                new SyncDaemonStopped(stopped.role().word(), stopped.device(), stopped.syncId()));
        case TableChange.SetTimeouts(var old, var now) -> events.add(timeouts(old, now.or(old)));
      }
    }
    return new ArrayList<>(events);
  }

  private static TimeoutsSet timeouts(Timeouts before, Timeouts after) {
    return new TimeoutsSet(
        before.toString(), after.tcpSeconds(), after.tcpFinSeconds(), after.udpSeconds());
  }

  /** The server's name; one that no configuration named is called by its address. */
  private BackendRef backend(ServiceKey service, DestinationKey destination) {
    return after
        .backend(service, destination)
        .or(() -> before.backend(service, destination))
        .orElseGet(() -> byAddress(service, destination));
  }

  private static BackendRef byAddress(ServiceKey service, DestinationKey destination) {
    return switch (service) {
      case ServiceKey.Address(var protocol, var address, var port) ->
          new BackendRef(
              ServerName.of(address, protocol.name(), port),
              ServerName.of(destination.address(), protocol.name(), destination.port()));
      case ServiceKey.FirewallMark(var family, var mark) ->
          new BackendRef(
              ServerName.ofFirewallMark(mark),
              ServerName.of(destination.address(), "none", destination.port()));
    };
  }
}
