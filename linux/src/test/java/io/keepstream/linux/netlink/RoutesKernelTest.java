package io.keepstream.linux.netlink;

import static io.keepstream.linux.netlink.RouteMessagesTest.ip;
import static io.keepstream.linux.netlink.RouteMessagesTest.key;
import static io.keepstream.linux.netlink.RouteMessagesTest.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.lab.Await;
import io.keepstream.linux.lab.KernelTest;
import io.keepstream.linux.lab.Loop;
import io.keepstream.linux.lab.TwoHosts;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.RouteRequest.AddRoute;
import io.keepstream.linux.netlink.RouteRequest.AddRule;
import io.keepstream.linux.netlink.RouteRequest.DeleteRoute;
import io.keepstream.linux.netlink.RouteRequest.DeleteRule;
import io.keepstream.linux.netlink.RouteRequest.RenewAddress;
import io.keepstream.linux.wire.IpRoute;
import io.keepstream.linux.wire.IpRoute.Hop;
import io.keepstream.linux.wire.IpRoute.Placing;
import io.keepstream.linux.wire.IpRule;
import io.keepstream.linux.wire.IpRule.Action;
import io.keepstream.linux.wire.RouteConstants;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@KernelTest
@Timeout(30)
final class RoutesKernelTest {
  private static final Outcome DONE = new Outcome.Done();

  private final Libc libc = new ForeignLibc();
  @AutoClose private final TwoHosts hosts = TwoHosts.create();
  @AutoClose private final Loop loop = new Loop();
  @AutoClose private RouteNetlink netlink;
  private int eth0;

  @BeforeEach
  void open() throws Exception {
    netlink = hosts.here(() -> RouteNetlink.open(libc));
    eth0 = hosts.here(() -> libc.if_nametoindex("eth0"));
  }

  private Outcome perform(RouteRequest request) {
    return netlink.perform(List.of(request)).getFirst();
  }

  private static IpRoute via(String network, int length, String gateway) {
    return plain(
        key(network, length, 254, 0),
        RouteConstants.RTN_UNICAST,
        new Hop(Optional.of(ip(gateway)), 0, 1, false));
  }

  @Test
  void routesComeAndGo() throws Exception {
    IpRoute ipv4 = via("10.4.0.0", 24, "192.0.2.2");
    IpRoute ipv6 = via("2001:db8:4::", 48, "2001:db8::2");
    hosts.ip("addr", "add", "2001:db8::1/64", "dev", "eth0", "nodad");
    for (IpRoute route : List.of(ipv4, ipv6)) {
      assertThat(perform(new AddRoute(route, Placing.FIRST))).isEqualTo(DONE);
      assertThat(perform(new AddRoute(route, Placing.FIRST))).isEqualTo(new Outcome.AlreadyThere());
      assertThat(netlink.routes(18)).anyMatch(route::isProvidedBy);
      assertThat(netlink.routes(17)).isEmpty();
    }
    assertThat(hosts.ip("route", "show")).contains("10.4.0.0/24 via 192.0.2.2 dev eth0 proto");
    assertThat(hosts.ip("-6", "route", "show")).contains("2001:db8:4::/48 via 2001:db8::2");
    for (IpRoute route : List.of(ipv4, ipv6)) {
      assertThat(perform(new DeleteRoute(route))).isEqualTo(DONE);
      assertThat(perform(new DeleteRoute(route))).isEqualTo(new Outcome.Absent());
    }
    assertThat(netlink.routes(18)).isEmpty();
  }

  @Test
  void severalHopsAreReadBack() throws Exception {
    Hop here = new Hop(Optional.of(ip("192.0.2.2")), eth0, 1, false);
    Hop there = new Hop(Optional.of(ip("fe80::2")), eth0, 7, false);
    IpRoute route = plain(key("10.5.0.0", 24, 1000, 3), RouteConstants.RTN_UNICAST, here, there);
    assertThat(perform(new AddRoute(route, Placing.ALONE))).isEqualTo(DONE);
    assertThat(netlink.routes(18)).containsExactly(route);
    assertThat(hosts.ip("route", "show", "table", "1000"))
        .contains("nexthop via 192.0.2.2 dev eth0 weight 1")
        .contains("nexthop via inet6 fe80::2 dev eth0 weight 7");
    assertThat(perform(new DeleteRoute(route))).isEqualTo(DONE);
  }

  @Test
  void theKernelSaysWhyARouteIsRefused() {
    assertThat(perform(new AddRoute(via("10.4.0.0", 24, "198.51.100.1"), Placing.FIRST)))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.errno()).isEqualTo(Errno.ENETUNREACH);
              assertThat(failed.text()).isNotEmpty();
            });
  }

  @Test
  void rulesComeAndGo() throws Exception {
    Action table = new Action(RouteConstants.FR_ACT_TO_TBL, 1000, 0, Action.NOTHING_SUPPRESSED);
    IpRule ipv4 = new IpRule(false, 77, RuleMessagesTest.from("10.0.0.0", 8), table, 18);
    IpRule ipv6 = new IpRule(true, 78, RuleMessagesTest.from("2001:db8::", 32), table, 18);
    Action ofVrf = new Action(RouteConstants.FR_ACT_TO_TBL, 0, 0, -1, -1, true, 0);
    IpRule vrf = new IpRule(false, 79, RuleMessagesTest.from("10.0.0.0", 8), ofVrf, 18);
    Action marked = new Action(RouteConstants.FR_ACT_TO_TBL, 5, 0, -1, 7, false, 0x3_0004);
    IpRule realms = new IpRule(false, 80, RuleMessagesTest.from("10.0.0.0", 8), marked, 18);
    for (IpRule rule : List.of(ipv4, ipv6, vrf, realms)) {
      assertThat(perform(new AddRule(rule))).isEqualTo(DONE);
      assertThat(perform(new AddRule(rule))).isEqualTo(new Outcome.AlreadyThere());
      assertThat(netlink.rules()).contains(rule);
    }
    assertThat(hosts.ip("rule", "show")).contains("77:\tfrom 10.0.0.0/8 lookup 1000");
    for (IpRule rule : List.of(ipv4, ipv6, vrf, realms)) {
      assertThat(perform(new DeleteRule(rule))).isEqualTo(DONE);
      assertThat(perform(new DeleteRule(rule))).isEqualTo(new Outcome.Absent());
    }
  }

  @Test
  void aLeaseIsRenewedInPlace() throws Exception {
    InetAddress vip = ip("203.0.113.9");
    Address brief = Address.of(eth0, vip, 32).lifetimes(5, 10).build();
    Address longer = Address.of(eth0, vip, 32).lifetimes(0, 1000).build();
    assertThat(netlink.addAddress(brief)).isEqualTo(DONE);
    assertThat(perform(new RenewAddress(longer))).isEqualTo(DONE);
    assertThat(netlink.addresses())
        .filteredOn(address -> address.key().equals(brief.key()))
        .singleElement()
        .satisfies(address -> assertThat(address.validSeconds()).isBetween(900L, 1000L))
        .satisfies(address -> assertThat(address.preferredSeconds()).isZero());
  }

  @Test
  void routesAndRulesAreToldOnceAskedFor() throws Exception {
    List<RouteChange> changes = new CopyOnWriteArrayList<>();
    RouteMonitor monitor = hosts.here(() -> RouteMonitor.open(libc, 1 << 20));
    monitor.followRoutes(18);
    loop.call(
        () -> {
          monitor.start(loop.io(), new Recorder(changes));
          return null;
        });
    hosts.ip("route", "add", "10.3.0.0/24", "via", "192.0.2.2");
    hosts.ip("route", "add", "10.4.0.0/24", "via", "192.0.2.2", "proto", "18");
    hosts.ip("route", "replace", "10.4.0.0/24", "via", "192.0.2.3", "proto", "static");
    hosts.ip("rule", "add", "from", "10.0.0.0/8", "table", "100");
    hosts.ip("rule", "del", "from", "10.0.0.0/8", "table", "100");
    Await.until(
        "the last news",
        () -> changes.stream().anyMatch(RouteChange.RuleRemoved.class::isInstance));
    assertThat(changes)
        .hasSize(4)
        .extracting(change -> change instanceof RouteChange.RouteSet set && set.replaces())
        .containsExactly(false, true, false, false);
    monitor.close();
  }

  private record Recorder(List<RouteChange> changes) implements RouteMonitor.Listener {
    @Override
    public void onChange(RouteChange change) {
      changes.add(change);
    }

    @Override
    public void onOverrun() {
      throw new AssertionError("overrun");
    }

    @Override
    public void onError(Throwable cause) {
      throw new AssertionError(cause);
    }
  }
}
