package io.keepstream.lvs.plan;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.Connections;
import io.keepstream.lvs.ipvs.Counters;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.Load;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.Traffic;
import java.util.List;

/**
 * The table as a snapshot shows it.
 *
 * @param plan what is wanted
 * @param table what is there
 * @param loads what passes through it
 */
public record TableReport(Plan plan, ServiceTable table, ServerLoads loads) {

  /** A virtual server whose quorum has held, or not, for {@code ageMillis}. */
  public ServiceState.VirtualServer of(VirtualServer server, long ageMillis) {
    return new ServiceState.VirtualServer(
        server.name(),
        plan.holds(server.id()),
        ageMillis,
        destinations(server),
        traffic(loads.services().get(server.name())));
  }

  /** The sync daemons that run. */
  public List<ServiceState.SyncDaemon> syncDaemons() {
    return table.settings().daemons().values().stream()
        .map(
            each ->
                new ServiceState.SyncDaemon(
                    each.role().word(), each.device(), each.syncId(), each.toString()))
        .toList();
  }

  /** What the first of its services holds; all hold the same servers. */
  private List<ServiceState.Destination> destinations(VirtualServer server) {
    ServiceKey key = server.services().getFirst().key();
    return table.entry(key).stream()
        .flatMap(entry -> entry.destinations().values().stream())
        .map(each -> destination(key, each))
        .toList();
  }

  private ServiceState.Destination destination(ServiceKey key, Destination destination) {
    BackendRef backend = plan.desired().backend(key, destination.key()).orElse(null);
    Load.OfDestination load = backend == null ? null : loads.backends().get(backend);
    return new ServiceState.Destination(
        backend == null ? destination.key().toString() : backend.realServer(),
        destination.weight(),
        destination.forwarding().method().word(),
        load == null ? null : load.connections().map(TableReport::connections).orElse(null),
        load == null ? null : traffic(load.traffic()));
  }

  private static ServiceState.Connections connections(Connections open) {
    return new ServiceState.Connections(open.active(), open.inactive(), open.persistent());
  }

  private static ServiceState.Traffic traffic(Traffic traffic) {
    return traffic == null
        ? null
        : new ServiceState.Traffic(counters(traffic.total()), counters(traffic.perSecond()));
  }

  private static ServiceState.Counters counters(Counters counters) {
    return new ServiceState.Counters(
        counters.connections(),
        counters.packetsIn(),
        counters.packetsOut(),
        counters.bytesIn(),
        counters.bytesOut());
  }
}
