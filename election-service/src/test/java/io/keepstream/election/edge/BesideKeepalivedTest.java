package io.keepstream.election.edge;

import static io.keepstream.election.edge.EngineInLab.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.VrrpState;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.peer.Keepalived;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same file gives the same tables as keepalived. */
@KernelTest(tools = "keepalived")
class BesideKeepalivedTest {
  private static final String CONFIG =
      """
      global_defs {
          default_interface eth0
          vrrp_version 3
      }
      static_ipaddress {
          203.0.113.50/24 brd + scope global
          203.0.113.51/24 dev eth0 label eth0:7
          2001:db8:7::1/64
      }
      static_routes {
          10.20.0.0/16 via 203.0.113.2 dev eth0 metric 20
          10.21.0.0/16 dev eth0 scope link table 201
          2001:db8:21::/48 via 2001:db8:7::2 dev eth0
      }
      static_rules {
          from 10.20.0.0/16 table 201 priority 900
          to 2001:db8:21::/48 table 201 priority 901
      }
      vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          priority 254
          advert_int 0.2
          virtual_ipaddress {
              192.0.2.100/24
              192.0.2.101/24 brd 192.0.2.255 label eth0:1
              192.0.2.102/32 scope link
              192.0.2.103 noprefixroute
              198.51.100.1 peer 198.51.100.2
          }
          virtual_ipaddress_excluded {
              2001:db8::64/64
              2001:db8::65
              2001:db8::66/64 preferred_lft 300 home
              2001:db8::67/64 mngtmpaddr
          }
          virtual_routes {
              10.1.0.0/24 via 192.0.2.2
              src 192.0.2.100 to 10.2.0.0/24 via 192.0.2.2 dev eth0 table 100 metric 7
              10.3.0.0/24 dev eth0
              blackhole 10.4.0.0/24
              unreachable 10.5.0.0/24 metric 9
              prohibit 10.6.0.0/24 table 100
              throw 10.7.0.0/24 table 100
              10.8.0.0/24 via 10.99.0.1 dev eth0 onlink
              10.9.0.0/24 via 192.0.2.2 mtu lock 1400 advmss 1300 hoplimit 9 initcwnd 20 window 9000
              10.10.0.0/24 nexthop via 192.0.2.2 dev eth0 weight 1 nexthop via 192.0.2.3 dev eth0 weight 5
              10.12.0.0/24 via 192.0.2.2 rtt 250ms rttvar 210ms rto_min 1s quickack 1 features ecn
              10.13.0.0/24 via 192.0.2.2 tos 0x10 protocol static no_track
              2001:db8:1::/48 via 2001:db8::2 dev eth0 metric 55
              2001:db8:2::/48 dev eth0 table 100
              blackhole 2001:db8:3::/48
              2001:db8:4::/48 nexthop via 2001:db8::2 dev eth0 nexthop via 2001:db8::3 dev eth0
          }
          virtual_rules {
              from 10.0.0.0/8 table 100 priority 1000
              not from 10.1.0.0/16 to 192.0.2.0/24 lookup 100 priority 1001
              iif eth0 fwmark 0x10/0xff table main priority 1002
              oif eth0 from 10.3.0.0/16 blackhole priority 1003
              to 10.4.0.0/16 prohibit preference 1004
              from 10.5.0.0/16 unreachable priority 1005
              from 10.6.0.0/16 goto 1005 priority 999
              from 10.7.0.0/16 table 100 suppress_prefixlength 0 priority 1006
              from 10.8.0.0/16 ipproto tcp dport 80-90 table 100 priority 1007
              from 2001:db8::/32 table 100 priority 1008
              from 10.9.0.0/16 uidrange 5-6 table 100 priority 1010
          }
      }
      """;

  private NamespaceLab lab;
  private LabHost theirs;
  private LabHost ours;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    theirs = host("theirs");
    ours = host("ours");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private LabHost host(String name) {
    return lab.host(name)
        .nic("eth0", lab.bridge("lan-" + name), "192.0.2.1/24", "2001:db8::1/64", "fe80::1/64");
  }

  @Test
  void theSameFileGivesTheSameTables() {
    List<String> before = addresses(theirs);
    Keepalived peer = lab.own(Keepalived.start(theirs, Keepalived.Part.VRRP, CONFIG));
    peer.awaitLog("Entering MASTER STATE", LIMIT);
    EngineInLab engine = lab.own(EngineInLab.in(ours));
    engine.configure(CONFIG).awaitState("VI_1", VrrpState.MASTER);
    Await.until(LIMIT, "keepalived's last rule", () -> rules(theirs).contains("uidrange"));
    assertThat(engine.summaries()).noneMatch(line -> line.contains("not set"));

    assertThat(addresses(ours)).isEqualTo(addresses(theirs)).hasSizeGreaterThan(before.size());
    assertThat(routes(ours)).isEqualTo(routes(theirs));
    assertThat(rules(ours)).isEqualTo(rules(theirs));

    engine.close();
    assertThat(addresses(ours)).as("2.2.7 itself leaves the one with a peer").isEqualTo(before);
    assertThat(routes(ours)).noneMatch(line -> line.contains("keepalived"));
    assertThat(rules(ours)).doesNotContain("keepalived");
  }

  /** Lifetimes run, and interfaces and their own link-local addresses have numbers of chance. */
  private static List<String> addresses(LabHost host) {
    return host.run("ip", "-o", "addr", "show", "dev", "eth0")
        .text()
        .lines()
        .filter(line -> !line.contains("fe80::"))
        .map(line -> line.replaceFirst("^\\d+: ", "").replaceAll(" proto \\S+", ""))
        .map(line -> line.replaceAll("\\d+sec", "Nsec").replaceAll("\\s+", " "))
        .sorted()
        .toList();
  }

  private static List<String> routes(LabHost host) {
    return Stream.of("-4", "-6")
        .flatMap(
            family ->
                host.run("ip", "-d", family, "route", "show", "table", "all")
                    .text()
                    .replace("\n\t", " | ")
                    .lines())
        .filter(line -> !line.contains("proto kernel"))
        .map(
            line -> line.replaceAll("expires \\d+sec", "expires N").replaceAll("\\s+", " ").strip())
        .sorted()
        .toList();
  }

  private static String rules(LabHost host) {
    return host.run("ip", "-d", "rule", "show").text()
        + host.run("ip", "-d", "-6", "rule", "show").text();
  }
}
