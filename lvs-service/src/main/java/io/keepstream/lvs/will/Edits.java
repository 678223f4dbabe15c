package io.keepstream.lvs.will;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.value.ServerName;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.Quorum;
import io.keepstream.lvs.config.RealServer;
import io.keepstream.lvs.config.Server;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.ForwardingMethod;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Edits of a configuration. */
final class Edits {
  private Edits() {}

  static LvsConfig applied(Map<BackendRef, Edit> edits, LvsConfig file) {
    return file.withVirtualServers(
        file.virtualServers().stream().map(server -> applied(edits, server)).toList());
  }

  private static VirtualServer applied(Map<BackendRef, Edit> edits, VirtualServer server) {
    List<RealServer> reals = new ArrayList<>();
    for (RealServer real : server.realServers()) {
      switch (edits.get(real.server().backend())) {
        case Edit.Weight weight -> reals.add(real.withWeight(weight.weight()));
        case Edit.Removed _ -> {}
        case Edit.Added _ -> reals.add(real);
        case null -> reals.add(real);
      }
    }
    edits.forEach(
        (backend, edit) -> {
          if (edit instanceof Edit.Added added
              && backend.virtualServer().equals(server.name())
              && find(server, backend).isEmpty()) {
            added(server, backend, added.weight()).ifPresent(reals::add);
          }
        });
    return reals.equals(server.realServers())
        ? server
        : server.withRealServers(reals, cut(server.quorum(), reals));
  }

  /** A quorum above all weights could never be gained, so it is cut as that of a file is. */
  private static Quorum cut(Quorum quorum, List<RealServer> reals) {
    long total = reals.stream().mapToLong(real -> real.server().weight()).sum();
    return total == 0 ? quorum : Quorum.within(total, quorum.weight(), quorum.hysteresis());
  }

  static Optional<RealServer> find(VirtualServer server, BackendRef backend) {
    return server.realServers().stream()
        .filter(real -> real.server().backend().equals(backend))
        .findFirst();
  }

  /**
   * A real server like its first sibling, that is up unless health-service says otherwise: it may
   * find no check for it. Empty where the virtual server cannot reach one of its family.
   */
  private static Optional<RealServer> added(VirtualServer server, BackendRef backend, int weight) {
    RealServer sibling = server.realServers().getFirst();
    return ServerName.parse(backend.realServer())
        .filter(name -> reaches(server, name.address()))
        .map(
            name ->
                new RealServer(
                    new Server(
                        backend,
                        name.address(),
                        name.port(),
                        weight,
                        sibling.server().connection()),
                    true,
                    false,
                    sibling.inhibitOnFailure(),
                    sibling.slowStartNanos()));
  }

  /** Only a tunnel crosses families. */
  static boolean reaches(VirtualServer server, InetAddress address) {
    Server sibling = server.realServers().getFirst().server();
    return sibling.connection().forwarding().method() == ForwardingMethod.TUNNEL
        || server.services().stream()
            .allMatch(service -> service.key().family() == Family.of(address));
  }
}
