package io.keepstream.node.doctor;

import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.lvs.config.DataplaneRule;
import io.keepstream.lvs.config.Server;
import io.keepstream.lvs.ipvs.ForwardingMethod;
import io.keepstream.node.run.NodeConfig;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a configuration asks of the machine.
 *
 * @param routers its virtual routers
 * @param realServers its real servers, and how each is reached
 * @param dataplane what may balance
 * @param checks how many checks are made
 * @param journal the directory of the journal; empty without one
 */
public record Needs(
    List<Router> routers,
    List<RealServer> realServers,
    DataplaneRule dataplane,
    int checks,
    Optional<String> journal) {
  private static final int IPV4_HEADERS = 28;
  private static final int IPV6_HEADERS = 48;
  private static final int VERSION_2_AUTHENTICATION = 8;

  /**
   * A virtual router.
   *
   * @param multicast whether adverts go to the group
   * @param addresses what it advertises
   * @param advertBytes how long its adverts are, from the IP header on
   */
  public record Router(
      String instance,
      String networkInterface,
      int vrid,
      boolean ipv6,
      boolean multicast,
      Set<InetAddress> addresses,
      int advertBytes) {}

  /** A real server. */
  public record RealServer(InetAddress address, ForwardingMethod method) {}

  public Needs {
    routers = List.copyOf(routers);
    realServers = List.copyOf(realServers);
  }

  /** What {@code config} asks. */
  public static Needs of(NodeConfig config) {
    return new Needs(
        config.election().instances().stream().map(Needs::router).toList(),
        config.lvs().virtualServers().stream()
            .flatMap(virtual -> virtual.realServers().stream())
            .map(real -> realServer(real.server()))
            .toList(),
        config.lvs().dataplane(),
        config.health().backends().values().stream().mapToInt(Set::size).sum(),
        config.notifier().journal().map(journal -> journal.directory().toString()));
  }

  private static Router router(InstanceConfig instance) {
    boolean ipv6 = instance.router().family().equals("inet6");
    int addressBytes = ipv6 ? 16 : 4;
    int rest = instance.machine().version() == 2 ? VERSION_2_AUTHENTICATION : 0;
    return new Router(
        instance.router().instance(),
        instance.router().networkInterface(),
        instance.router().vrid(),
        ipv6,
        !instance.wire().unicast(),
        instance.addresses().stream()
            .map(VirtualAddress::address)
            .collect(Collectors.toUnmodifiableSet()),
        (ipv6 ? IPV6_HEADERS : IPV4_HEADERS) + rest + addressBytes * instance.addresses().size());
  }

  private static RealServer realServer(Server server) {
    return new RealServer(server.address(), server.connection().forwarding().method());
  }

  /** Whether it takes part in elections. */
  public boolean elects() {
    return !routers.isEmpty();
  }

  /** Whether it fills the IPVS table. */
  public boolean balances() {
    return !realServers.isEmpty();
  }

  /** Whether a real server is reached like this. */
  boolean forwards(ForwardingMethod method) {
    return realServers.stream().anyMatch(each -> each.method() == method);
  }
}
