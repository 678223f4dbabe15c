package io.keepstream.lvs.plan;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.Load;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.Traffic;
import io.keepstream.lvs.ipvs.VirtualService;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What passes through virtual servers and their servers, over all services of each.
 *
 * @param services by the name of the virtual server
 * @param backends by server
 */
public record ServerLoads(
    Map<String, Traffic> services, Map<BackendRef, Load.OfDestination> backends) {
  public static final ServerLoads NONE = new ServerLoads(Map.of(), Map.of());

  public ServerLoads {
    services = Map.copyOf(services);
    backends = Map.copyOf(backends);
  }

  /** The connections of a real server; empty while they were not counted. */
  public Optional<OpenConnections> open(BackendRef backend) {
    return Optional.ofNullable(backends.get(backend))
        .flatMap(Load.OfDestination::connections)
        .map(it -> new OpenConnections(it.active(), it.inactive(), it.persistent()));
  }

  /**
   * Adds up what was read of the table.
   *
   * @param desired says whose destinations are
   */
  public static ServerLoads of(
      LvsConfig config, DesiredTable desired, Map<ServiceKey, Load> loads) {
    Map<String, Traffic> services = new HashMap<>();
    Map<BackendRef, Load.OfDestination> backends = new HashMap<>();
    for (VirtualServer server : config.virtualServers()) {
      for (VirtualService service : server.services()) {
        Load load = loads.get(service.key());
        if (load != null) {
          services.merge(server.name(), load.traffic(), Traffic::plus);
        }
      }
    }
    desired
        .backends()
        .forEach(
            (service, names) -> {
              Load load = loads.get(service);
              names.forEach(
                  (destination, backend) -> {
                    Load.OfDestination theirs =
                        load == null ? null : load.destinations().get(destination);
                    if (theirs != null) {
                      backends.merge(backend, theirs, Load.OfDestination::plus);
                    }
                  });
            });
    return new ServerLoads(services, backends);
  }
}
