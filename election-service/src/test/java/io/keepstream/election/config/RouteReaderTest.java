package io.keepstream.election.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.linux.wire.IpNetwork;
import io.keepstream.linux.wire.IpRoute;
import io.keepstream.linux.wire.IpRoute.Hop;
import io.keepstream.linux.wire.IpRoute.Placing;
import io.keepstream.linux.wire.IpRule;
import io.keepstream.linux.wire.RouteConstants;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteReaderTest {
  private final List<String> problems = new ArrayList<>();

  private ElectionConfig read(String block, String line) {
    String config = "%s {\n%s\n}\n".formatted(block, line);
    Section root = ConfigReader.read("f", new TextSource("f", config)).root();
    return ElectionConfigReader.read(root, any -> true, problem -> problems.add(text(problem)));
  }

  private static String text(Diagnostic problem) {
    return problem.position().line() + ":" + problem.position().column() + ": " + problem.message();
  }

  private VirtualRoute route(String line) {
    return (VirtualRoute) read("static_routes", line).statics().getFirst().item();
  }

  private VirtualRule rule(String line) {
    return (VirtualRule) read("static_rules", line).statics().getFirst().item();
  }

  private static InetAddress ip(String text) {
    return InetAddress.ofLiteral(text);
  }

  private static Hop hop(String gateway, int weight, boolean onlink) {
    return new Hop(Optional.of(ip(gateway)), 0, weight, onlink);
  }

  @Test
  void aRouteSaysItsWordsInAnyOrder() {
    VirtualRoute read =
        route(
            "src 10.0.0.9 to 10.4.0.0/24 via 10.0.0.2 dev eth1 onlink table 100 metric 5 scope link");
    IpRoute route = read.route();
    assertThat(problems).isEmpty();
    assertThat(route.key())
        .isEqualTo(new IpRoute.Key(new IpNetwork(ip("10.4.0.0"), 24), Optional.empty(), 0, 100, 5));
    assertThat(route.hops()).containsExactly(hop("10.0.0.2", 1, true));
    assertThat(read.interfaces()).containsExactly("eth1");
    assertThat(route.preferredSource()).contains(ip("10.0.0.9"));
    assertThat(route.scope()).isEqualTo(253);
    assertThat(route.protocol()).isEqualTo(18);
    assertThat(read.placing()).isEqualTo(Placing.FIRST);
    assertThat(read.tracked()).isTrue();
  }

  @Test
  void severalHopsEndALine() {
    VirtualRoute read =
        route(
            "default append no_track nexthop via 10.0.0.2 dev eth0 weight 2 nexthop via inet6 fe80::1"
                + " dev eth1 onlink");
    assertThat(problems).isEmpty();
    assertThat(read.route().key().destination()).isEqualTo(IpNetwork.all(false));
    assertThat(read.route().hops())
        .containsExactly(hop("10.0.0.2", 2, false), hop("fe80::1", 1, true));
    assertThat(read.interfaces()).containsExactly("eth0", "eth1");
    assertThat(read.placing()).isEqualTo(Placing.LAST);
    assertThat(read.tracked()).isFalse();
  }

  @Test
  void metricsAreInTheUnitsOfTheKernel() {
    assertThat(
            route(
                    "10.4.0.0/24 dev eth0 mtu lock 1400 rtt 0.5s rttvar 20ms rto_min 300ms window 9"
                        + " hoplimit 4 features ecn quickack 1")
                .route()
                .metrics())
        .isEqualTo(
            Map.of(
                RouteConstants.RTAX_LOCK, 4L,
                RouteConstants.RTAX_MTU, 1400L,
                RouteConstants.RTAX_RTT, 4000L,
                RouteConstants.RTAX_RTTVAR, 80L,
                RouteConstants.RTAX_RTO_MIN, 300L,
                RouteConstants.RTAX_WINDOW, 9L,
                RouteConstants.RTAX_HOPLIMIT, 4L,
                RouteConstants.RTAX_FEATURES, 1L,
                RouteConstants.RTAX_QUICKACK, 1L));
    assertThat(problems).isEmpty();
  }

  @Test
  void theFamilyComesFromTheAddresses() {
    assertThat(route("default via fe80::1 dev eth0").route().key().destination())
        .isEqualTo(IpNetwork.all(true));
    assertThat(route("inet6 default dev eth0").route().key().metric()).isEqualTo(1024);
    assertThat(route("10.0.0.0/8 via fe80::1 dev eth0").route().key().destination().ipv6())
        .isFalse();
    assertThat(route("blackhole 10.0.0.0/8").route().hops()).isEmpty();
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "static_routes | 10.4.0.0/24 | 2:1: a route needs via, dev or nexthop, or a type such as blackhole",
        "static_routes | via 10.0.0.1 | 2:1: a route needs a destination",
        "static_routes | inet6 10.4.0.0/24 dev a | 2:1: 10.4.0.0/24 is no IPv6 destination",
        "static_routes | 10.4.0.0/24 dev a table nowhere | 2:25: 'nowhere' is neither a number nor a name known here",
        "static_routes | 10.4.0.0/24 dev a src ::1 | 2:1: src is not of the family of the route",
        "static_routes | 10.4.0.9/24 dev a | 2:1: 10.4.0.9/24 has bits behind its prefix length, which do not count",
        "static_routes | 10.4.0.0/24 dev a encap mpls 100 | 2:19: encap is not supported yet",
        "static_rules | from 10.0.0.0/8 priority 5 | 2:1: a rule needs a table to look up, or an action such as blackhole",
        "static_rules | from 10.0.0.0/8 to ::1 table 5 priority 5 | 2:1: from and to are of two families",
        "static_rules | from 10.0.0.0/8 goto 4 priority 5 | 2:1: goto needs a priority that is below its target",
        "static_rules | l3mdev table 5 priority 5 | 2:1: a rule has either l3mdev or a table or another action",
        "static_rules | from ::1 table 5 realms 3 priority 5 | 2:1: realms are for IPv4 only",
        "static_rules | table 5 realms nowhere priority 5 | 2:16: 'nowhere' is neither a number nor a name known here",
        "static_rules | from 10.0.0.0/8 table 5 | 2:23: the rule says no priority; it gets 16384",
      })
  void whatMakesNoSenseIsToldWithItsPlace(String block, String line, String problem) {
    read(block, line);
    assertThat(problems).containsExactly(problem);
  }

  @Test
  void aRuleSaysItsWordsInAnyOrder() {
    IpRule rule =
        rule("not from 10.0.0.0/8 to default iif eth0 oif eth1 fwmark 0x10/0xff lookup 100 priority"
                + " 0x4d ipproto udp dport 5000-6000 suppress_prefixlength 0 no_track")
            .rule();
    assertThat(problems).isEmpty();
    assertThat(rule)
        .isEqualTo(
            new IpRule(
                false,
                77,
                new IpRule.Selector(
                    true,
                    Optional.of(new IpNetwork(ip("10.0.0.0"), 8)),
                    Optional.empty(),
                    "eth0",
                    "eth1",
                    0,
                    Optional.of(new IpRule.Mark(0x10, 0xff)),
                    new IpRule.Transport(
                        17,
                        Optional.empty(),
                        Optional.of(new IpRule.Range(5000, 6000)),
                        Optional.empty())),
                new IpRule.Action(RouteConstants.FR_ACT_TO_TBL, 100, 0, 0),
                18));
  }

  @Test
  void aRuleKnowsTunnelsRealmsGroupsAndVrfs() {
    IpRule rule =
        rule("from 10.0.0.0/8 table 5 realms 3/4 suppress_ifgroup 7 tunnel-id 258 priority 9")
            .rule();
    assertThat(rule.action())
        .isEqualTo(new IpRule.Action(RouteConstants.FR_ACT_TO_TBL, 5, 0, -1, 7, false, 0x3_0004));
    assertThat(rule.selector().tunnel()).isEqualTo(258);
    assertThat(rule("l3mdev priority 8").rule().action())
        .isEqualTo(new IpRule.Action(RouteConstants.FR_ACT_TO_TBL, 0, 0, -1, -1, true, 0));
    assertThat(problems).isEmpty();
  }

  @Test
  void rulesWithoutPriorityCountDown() {
    ElectionConfig read =
        read("static_rules", "from 10.0.0.0/8 table 5\nfrom ::1 table 5\nto 10.0.0.0/8 blackhole");
    assertThat(read.statics())
        .extracting(each -> ((VirtualRule) each.item()).rule().priority())
        .containsExactly(16384L, 16384L, 16383L);
  }

  @Test
  void anotherProtocolIsNotTracked() {
    assertThat(route("10.0.0.0/8 dev a protocol static").tracked()).isFalse();
    assertThat(problems).singleElement().asString().contains("is not put back");
    problems.clear();
    assertThat(route("10.0.0.0/8 dev a protocol 99 no_track").route().protocol()).isEqualTo(99);
    assertThat(problems).isEmpty();
  }

  @Test
  void aLeaseIsNotShorterThanTwoSecondsAndTwoAdverts() {
    String instance =
        """
        vrrp_instance A {
            interface eth0
            virtual_router_id 1
            advert_int %s
            vip_lease %d
            virtual_ipaddress {
                10.0.0.1
            }
        """;
    assertThat(leases(instance.formatted("1", 2) + "}\n")).containsExactly(2L);
    assertThat(problems).isEmpty();
    leases(instance.formatted("2", 3) + "}\n");
    assertThat(problems)
        .containsExactly(
            "5:5: a lease of 3 s is too short for A: it must last 2 s and 2 adverts, here 4 s");
    problems.clear();
    assertThat(leases("global_defs {\nvrrp_vip_lease 9\n}\n" + instance.formatted("1", 0) + "}\n"))
        .containsExactly(VirtualAddress.FOREVER);
    assertThat(problems).isEmpty();
  }

  private List<Long> leases(String config) {
    Section root = ConfigReader.read("f", new TextSource("f", config)).root();
    return ElectionConfigReader.read(root, any -> true, problem -> problems.add(text(problem)))
        .instances()
        .getFirst()
        .addresses()
        .stream()
        .map(VirtualAddress::leaseSeconds)
        .toList();
  }
}
