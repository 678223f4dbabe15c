package io.keepstream.lvs.plan;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.VirtualService;
import java.util.HashSet;
import java.util.Set;

/** What a table that is there already says about servers that nobody has checked yet. */
public final class Adoption {
  private Adoption() {}

  /**
   * Those that start down ({@code alpha}) and take connections in {@code table}: a run before,
   * which did not end politely, has found them good. Taking them out would cut their connections.
   *
   * @param added those that operators have added, which may start down as well
   */
  public static Set<BackendRef> serving(
      LvsConfig config, Set<BackendRef> added, ServiceTable table) {
    Set<BackendRef> serving = new HashSet<>();
    for (VirtualServer server : config.virtualServers()) {
      for (RealServer real : server.realServers()) {
        BackendRef backend = real.server().backend();
        boolean startsDown = real.checked() && real.startsDown();
        if ((startsDown || added.contains(backend)) && serves(server, real, table)) {
          serving.add(backend);
        }
      }
    }
    return serving;
  }

  private static boolean serves(VirtualServer server, RealServer real, ServiceTable table) {
    for (VirtualService service : server.services()) {
      Destination wanted = real.server().in(service.key());
      boolean there =
          table
              .entry(service.key())
              .map(entry -> entry.destinations().get(wanted.key()))
              .filter(found -> found.weight() > 0)
              .isPresent();
      if (there) {
        return true;
      }
    }
    return false;
  }
}
