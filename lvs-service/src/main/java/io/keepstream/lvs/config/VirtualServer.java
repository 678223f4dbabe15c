package io.keepstream.lvs.config;

import io.keepstream.lvs.ipvs.VirtualService;
import java.util.List;
import java.util.Optional;

/**
 * A virtual server: one pool of real servers behind one or, for a group, several services.
 *
 * @param name as in {@code [172.32.10.18]:tcp:80}, {@code [GROUP]:0} or {@code FWM 7}
 * @param services what the kernel is to balance
 * @param sorryServer what serves while quorum is lost
 */
public record VirtualServer(
    String name,
    List<VirtualService> services,
    Quorum quorum,
    Optional<SorryServer> sorryServer,
    List<RealServer> realServers) {
  public VirtualServer {
    services = List.copyOf(services);
    realServers = List.copyOf(realServers);
  }
}
