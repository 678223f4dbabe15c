package io.keepstream.lvs.config;

import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.ServiceFlag;
import io.keepstream.lvs.ipvs.VirtualService;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A virtual server: one pool of real servers behind one or, for a group, several services.
 *
 * @param name as in {@code [172.32.10.18]:tcp:80}, {@code [GROUP]:0} or {@code FWM 7}
 * @param services what the kernel is to balance; at least one
 * @param sorryServer what serves while quorum is lost
 * @param panic when failures are not believed; empty for never
 * @param omega whether events tell of its end at shutdown as well
 */
public record VirtualServer(
    String name,
    List<VirtualService> services,
    Quorum quorum,
    Optional<SorryServer> sorryServer,
    List<RealServer> realServers,
    Optional<PanicRule> panic,
    boolean omega) {
  public VirtualServer {
    services = List.copyOf(services);
    realServers = List.copyOf(realServers);
  }

  /** One that believes every failure, and ends quietly. */
  public VirtualServer(
      String name,
      List<VirtualService> services,
      Quorum quorum,
      Optional<SorryServer> sorryServer,
      List<RealServer> realServers) {
    this(name, services, quorum, sorryServer, realServers, Optional.empty(), false);
  }

  /** What tells virtual servers apart; a firewall mark has the same name in both families. */
  public record Id(String name, Family family) {}

  /** The identity that lasts while the configuration changes. */
  public Id id() {
    return new Id(name, services.getFirst().key().family());
  }

  /** This virtual server with other real servers, and the quorum that they can have. */
  public VirtualServer withRealServers(List<RealServer> others, Quorum theirs) {
    return new VirtualServer(name, services, theirs, sorryServer, others, panic, omega);
  }

  /** This virtual server, whose real servers see the director as their client. */
  VirtualServer masqueraded() {
    return new VirtualServer(
        name,
        services.stream().map(each -> each.with(ServiceFlag.MASQUERADE)).toList(),
        quorum,
        sorryServer,
        realServers,
        panic,
        omega);
  }

  /** This virtual server with the real servers of another as well. */
  VirtualServer with(VirtualServer other) {
    List<RealServer> all =
        Stream.concat(realServers.stream(), other.realServers.stream()).distinct().toList();
    return withRealServers(all, quorum);
  }
}
