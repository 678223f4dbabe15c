package io.keepstream.lvs.edge;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.value.ServerName;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.WebServer;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.lvs.config.ConfigText;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.VirtualServer;
import io.keepstream.lvs.ipvs.ServiceFlag;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.VirtualService;
import io.keepstream.lvs.plan.Owned;
import io.keepstream.lvs.plan.Plan;
import io.keepstream.lvs.plan.Reconciler;
import io.keepstream.lvs.plan.Situation;
import io.keepstream.lvs.port.IpvsTable;
import io.keepstream.testkit.peer.WebSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A client, a director and four web servers: two behind the director, for NAT, and two beside it,
 * for direct routing. Each answers with its name.
 */
final class DirectorLab implements AutoCloseable {
  static final String VIP = "10.20.0.100";

  private final NamespaceLab lab = NamespaceLab.create();
  private final LabBridge lan = lab.bridge("lan");
  private final LabHost client = lab.host("client").nic("eth0", lan, "10.20.0.50/24");
  private final LabHost director = director("director", 1);

  DirectorLab() {
    director.ip("addr add " + VIP + "/32 dev eth0");
    behind("nat1", "10.10.0.11");
    behind("nat2", "10.10.0.12");
    beside("dr1", "10.20.0.13");
    beside("dr2", "10.20.0.14");
  }

  /** A host that balances. */
  LabHost director(String name, int last) {
    return lab.host(name)
        .nic("eth0", lan, "10.20.0." + last + "/24", "10.10.0." + last + "/24")
        .sysctl("net.ipv4.ip_forward=1", "net.ipv4.conf.all.send_redirects=0");
  }

  LabHost director() {
    return director;
  }

  /** A web server that reaches clients through the director. */
  void behind(String name, String address) {
    LabHost host = lab.host(name).nic("eth0", lan, address + "/24");
    WebServer.start(host.ip("route add default via 10.10.0.1"), 80);
  }

  /** It has the virtual address, and keeps that to itself. */
  private void beside(String name, String address) {
    LabHost host =
        lab.host(name)
            .nic("eth0", lan, address + "/24")
            .sysctl("net.ipv4.conf.all.arp_ignore=1", "net.ipv4.conf.all.arp_announce=2");
    WebServer.start(host.ip("addr add " + VIP + "/32 dev lo"), 80);
  }

  /** The table of a director. */
  static NetlinkIpvsTable table(LabHost of, OptionalInt receiveBufferBytes) {
    return of.inside(
        () -> {
          NetlinkIpvsTable table = new NetlinkIpvsTable(new ForeignLibc(), receiveBufferBytes);
          table.dump();
          return table;
        });
  }

  NetlinkIpvsTable table() {
    return table(director, OptionalInt.empty());
  }

  /** A table of nftables in the director. */
  NftablesTable nftables() {
    return director.inside(
        () -> {
          NftablesTable table = new NftablesTable(new ForeignLibc());
          table.dump();
          return table;
        });
  }

  /** Whatever {@code nft} says to these words in the director. */
  String nft(String... words) {
    List<String> command = new ArrayList<>(List.of("nft"));
    command.addAll(List.of(words));
    return director.run(command.toArray(String[]::new)).orThrow(command.toString()).text();
  }

  /** The host of this name. */
  LabHost host(String name) {
    return lab.host(name);
  }

  /** Has {@code table} hold what {@code config} asks for, and leaves it. */
  static void leave(LvsConfig config, IpvsTable table) {
    Situation situation = new Situation(config, Map.of());
    ServiceTable wanted = Plan.NOTHING.next(situation, 0).desired().table();
    try (table) {
      table.apply(Reconciler.diff(wanted, ServiceTable.EMPTY, Owned.NOTHING));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of {@code ipvsadm -Sn}. */
  List<String> lines() {
    return director.run("ipvsadm", "-Sn").orThrow("ipvsadm").text().lines().toList();
  }

  /**
   * A virtual server whose real servers are checked.
   *
   * @param more lines of it
   */
  static LvsConfig config(String method, String more, String... servers) {
    StringBuilder text = new StringBuilder();
    text.append("virtual_server %s 80 {\n protocol TCP\n lvs_sched rr\n".formatted(VIP));
    text.append(" lvs_method %s\n%s\n".formatted(method, more));
    for (String server : servers) {
      text.append(" real_server %s 80 {\n TCP_CHECK { }\n }\n".formatted(server));
    }
    return ConfigText.read(text + "}\n").config();
  }

  /** The same with another scheduler. */
  static LvsConfig scheduled(LvsConfig config, String scheduler) {
    return with(
        config, it -> new VirtualService(it.key(), scheduler, it.flags(), it.persistence()));
  }

  /** The same, masqueraded. */
  static LvsConfig masqueraded(LvsConfig config) {
    Set<ServiceFlag> flags = Set.of(ServiceFlag.MASQUERADE);
    return with(
        config, it -> new VirtualService(it.key(), it.scheduler(), flags, it.persistence()));
  }

  private static LvsConfig with(LvsConfig config, UnaryOperator<VirtualService> change) {
    VirtualServer server = config.virtualServers().getFirst();
    return new LvsConfig(
        List.of(
            new VirtualServer(
                server.name(),
                server.services().stream().map(change).toList(),
                server.quorum(),
                server.sorryServer(),
                server.realServers())));
  }

  static BackendRef backend(String address) {
    return new BackendRef(
        ServerName.of(InetAddress.ofLiteral(VIP), "TCP", 80),
        ServerName.of(InetAddress.ofLiteral(address), "TCP", 80));
  }

  /** Who serves the next client. */
  String visit() throws IOException {
    try (WebSession connection = connect()) {
      return connection.ask();
    }
  }

  /** Who serves the next clients. */
  List<String> visits(int count) throws IOException {
    List<String> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      servers.add(visit());
    }
    return servers;
  }

  /** A connection that {@code server} serves. */
  WebSession connectionTo(String server) throws IOException {
    while (true) {
      WebSession connection = connect();
      if (connection.ask().equals(server)) {
        return connection;
      }
      connection.close();
    }
  }

  /** Who serves the client at this address of its own. */
  String visit(String from) throws IOException {
    try (WebSession connection = connect(from)) {
      return connection.ask();
    }
  }

  WebSession connect() {
    return connect("10.20.0.50");
  }

  private WebSession connect(String from) {
    return WebSession.open(client, from, VIP);
  }

  @Override
  public void close() {
    lab.close();
  }
}
