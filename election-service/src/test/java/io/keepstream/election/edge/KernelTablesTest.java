package io.keepstream.election.edge;

import static io.keepstream.election.edge.EngineInLab.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.RoutingEvent;
import io.keepstream.contract.event.VipEvent;
import io.keepstream.contract.event.VrrpEvent.InstanceChanged;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real kernel's tables under one engine, with {@code ip} as the witness. */
@KernelTest
class KernelTablesTest {
  private static final String ALONE =
      """
      vrrp_instance %s {
          interface eth0
          virtual_router_id %d
          version 3
          priority %d
          advert_int 0.1
          %s
      }
      """;

  private NamespaceLab lab;
  private LabBridge lan;
  private LabHost host;
  private EngineInLab engine;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    host = lab.host("router").nic("eth0", lan, "192.0.2.1/24", "2001:db8::1/64", "fe80::1/64");
    engine = lab.own(EngineInLab.in(host));
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private static String instance(String name, int vrid, String body) {
    return ALONE.formatted(name, vrid, 254, body);
  }

  private static String vips(String... lines) {
    return "virtual_ipaddress {\n" + String.join("\n", lines) + "\n}\n";
  }

  private String ip(String... words) {
    String[] command = new String[words.length + 1];
    command[0] = "ip";
    System.arraycopy(words, 0, command, 1, words.length);
    return host.run(command).text();
  }

  private boolean hasAddress(String address) {
    return ip("-o", "addr", "show").contains(" " + address + "/");
  }

  private boolean hasRoute(String destination) {
    return ip("route", "show", "table", "all").contains(destination + " ");
  }

  private boolean hasRule(String text) {
    return ip("rule", "show").contains(text);
  }

  private void await(String what, BooleanSupplier condition) {
    Await.until(LIMIT, what + ": " + engine.summaries(), condition);
  }

  /** A witness that is ready. */
  static LabProcess monitor(LabHost host) {
    LabProcess monitor = host.start("ip", "monitor", "address", "route");
    Await.until(
        LIMIT,
        "the monitor listens",
        () -> {
          host.ip("addr replace 203.0.113.200/32 dev eth0");
          return monitor.text().contains("203.0.113.200");
        });
    return monitor;
  }

  private long transitions() {
    return engine.events(InstanceChanged.class).size();
  }

  private static final String EVERYTHING =
      instance(
          "VI_1",
          51,
          """
          virtual_ipaddress {
              192.0.2.100/24
          }
          virtual_ipaddress_excluded {
              198.51.100.1/32
              2001:db8::64/64
          }
          virtual_routes {
              10.4.0.0/24 via 192.0.2.2 src 192.0.2.100 mtu 1400
              blackhole 10.5.0.0/16 table 100
              2001:db8:4::/48 via 2001:db8::2 dev eth0
          }
          virtual_rules {
              from 10.9.0.0/16 table 100 priority 77
          }
          """);

  @Test
  void whatAMasterHasIsSetInOrderAndRemovedInReverse() {
    engine.configure(EVERYTHING).awaitState("VI_1", VrrpState.MASTER);
    List<String> set =
        engine.events().stream()
            .filter(
                event -> event instanceof VipEvent.Claimed || event instanceof RoutingEvent.Claimed)
            .map(event -> event.subject())
            .toList();
    assertThat(set)
        .containsExactly(
            "vip/192.0.2.100/24",
            "vip/198.51.100.1/32",
            "vip/2001:db8:0:0:0:0:0:64/64",
            "route/10.4.0.0/24 via 192.0.2.2 src 192.0.2.100 mtu 1400",
            "route/blackhole 10.5.0.0/16 table 100",
            "route/2001:db8:4::/48 via 2001:db8::2 dev eth0",
            "rule/from 10.9.0.0/16 table 100 priority 77");
    assertThat(ip("route", "show", "10.4.0.0/24"))
        .contains("via 192.0.2.2 dev eth0 proto keepalived src 192.0.2.100 mtu 1400");
    assertThat(ip("route", "show", "table", "100")).contains("blackhole 10.5.0.0/16");
    assertThat(ip("-6", "route", "show")).contains("2001:db8:4::/48 via 2001:db8::2");
    assertThat(ip("rule", "show")).contains("77:\tfrom 10.9.0.0/16 lookup 100");

    engine.close();
    List<String> removed =
        engine.events().stream()
            .filter(
                event ->
                    event instanceof VipEvent.Released || event instanceof RoutingEvent.Released)
            .map(event -> event.subject())
            .toList();
    assertThat(removed).containsExactlyElementsOf(set.reversed());
    assertThat(ip("route", "show", "table", "all")).doesNotContain("10.4.0.0", "10.5.0.0");
    assertThat(hasAddress("192.0.2.100")).isFalse();
    assertThat(hasRule("10.9.0.0")).isFalse();
  }

  @Test
  @Proves({"VR-066", "FI-15"})
  void whatIsRemovedByHandIsBackWithoutAnElection() {
    engine.configure(EVERYTHING).awaitState("VI_1", VrrpState.MASTER);
    await("the rule", () -> hasRule("10.9.0.0"));
    long transitions = transitions();
    for (int i = 0; i < 30; i++) {
      host.run("ip", "rule", "del", "priority", "77");
      host.run("ip", "addr", "del", "192.0.2.100/24", "dev", "eth0");
      host.run("ip", "route", "del", "table", "100", "blackhole", "10.5.0.0/16");
    }
    await("the address", () -> hasAddress("192.0.2.100"));
    await("the route that went with it", () -> hasRoute("10.4.0.0/24"));
    await("the other route", () -> hasRoute("10.5.0.0/16"));
    await("the rule", () -> hasRule("10.9.0.0"));
    assertThat(transitions()).isEqualTo(transitions);
    assertThat(engine.events(VipEvent.DriftRepaired.class))
        .singleElement()
        .satisfies(event -> assertThat(event.address()).isEqualTo("192.0.2.100/24"));
    assertThat(engine.events(RoutingEvent.DriftRepaired.class))
        .extracting(RoutingEvent.DriftRepaired::kind)
        .contains(RoutingEvent.Kind.ROUTE, RoutingEvent.Kind.RULE);
  }

  @Test
  void whatIsNotTrackedStaysRemoved() {
    engine
        .configure(instance("VI_1", 51, vips("192.0.2.100/24 no_track", "192.0.2.101/24")))
        .awaitState("VI_1", VrrpState.MASTER);
    host.ip("addr del 192.0.2.100/24 dev eth0", "addr del 192.0.2.101/24 dev eth0");
    await("the other is back", () -> hasAddress("192.0.2.101"));
    assertThat(hasAddress("192.0.2.100")).isFalse();
  }

  @Test
  @Proves({"FI-13", "NL-005"})
  void whatWentWithAnInterfaceReturnsWithIt() {
    host.nic("eth1", lan, "203.0.113.1/24");
    engine
        .configure(
            instance(
                "VI_1",
                51,
                vips("192.0.2.100/24", "203.0.113.100/24 dev eth1")
                    + "virtual_routes {\n10.4.0.0/24 via 203.0.113.2 dev eth1\n}\n"))
        .awaitState("VI_1", VrrpState.MASTER);
    await("the route", () -> hasRoute("10.4.0.0/24"));
    host.ip("link del eth1");
    host.nic("eth1", lan, "203.0.113.1/24");
    await("the address", () -> hasAddress("203.0.113.100"));
    await("the route", () -> hasRoute("10.4.0.0/24"));
    host.ip("link set eth1 down", "link set eth1 name eth9", "link set eth9 name eth1");
    host.ip("link set eth1 mtu 1400", "link set eth1 up");
    await("the route after the link was down", () -> hasRoute("10.4.0.0/24"));
    assertThat(engine.events(InstanceChanged.class))
        .extracting(InstanceChanged::to)
        .containsExactly(VrrpState.BACKUP, VrrpState.MASTER);
  }

  @Test
  @Proves({"NL-001", "FI-14"})
  void newsThatWereLostAreMadeUpFor() {
    int smallest = 2048;
    try (EngineInLab narrow = EngineInLab.in(host, smallest)) {
      narrow
          .configure(instance("VI_1", 51, vips("192.0.2.100/24")))
          .awaitState("VI_1", VrrpState.MASTER);
      Runnable goOn = narrow.hold();
      host.ip(
          IntStream.range(0, 500)
              .mapToObj(i -> "addr add 10.9.%d.%d/32 dev eth0".formatted(i / 250, i % 250 + 1))
              .toArray(String[]::new));
      host.ip("addr del 192.0.2.100/24 dev eth0");
      goOn.run();
      narrow.await(VipEvent.DriftRepaired.class);
      assertThat(hasAddress("192.0.2.100")).isTrue();
      assertThat(narrow.events(VipEvent.DriftRepaired.class)).hasSize(1);
    }
  }

  @Test
  @Proves("FI-16")
  void anAddressOfAMasterElsewhereIsRemovedIfItIsOursAndElseTold() {
    engine
        .configure(
            ALONE.formatted(
                "VI_1",
                51,
                1,
                "down_timer_adverts 100\n" + vips("192.0.2.100/24", "192.0.2.101/24")))
        .awaitState("VI_1", VrrpState.BACKUP);
    EngineInLab.addMarked(host, "192.0.2.100");
    host.ip("addr add 192.0.2.101/24 dev eth0");
    await("ours is removed", () -> !hasAddress("192.0.2.100"));
    assertThat(engine.await(VipEvent.Foreign.class).address()).isEqualTo("192.0.2.101/24");
    engine.await(VipEvent.StrayRemoved.class);
    assertThat(hasAddress("192.0.2.101")).isTrue();
  }

  @Test
  @Proves("VR-077")
  void aReloadTouchesOnlyTheDifferenceAndMovesAddresses() {
    String first = instance("VI_1", 51, vips("192.0.2.100/24", "192.0.2.101/24"));
    String second = instance("VI_2", 52, vips("192.0.2.102/24"));
    engine
        .configure(first + second)
        .awaitState("VI_1", VrrpState.MASTER)
        .awaitState("VI_2", VrrpState.MASTER);
    LabProcess monitor = monitor(host);
    engine.configure(
        instance("VI_1", 51, vips("192.0.2.100/24", "192.0.2.103/24"))
            + instance(
                "VI_2",
                52,
                vips("192.0.2.102/24", "192.0.2.101/24")
                    + "virtual_routes {\n10.4.0.0/24 via 192.0.2.2\n}\n"));
    engine.configure(
        instance("VI_2", 52, vips("192.0.2.102/24"))
            + instance("VI_1", 51, vips("192.0.2.100/24", "192.0.2.103/24", "192.0.2.101/24")));
    host.ip("addr del 203.0.113.200/32 dev eth0");
    monitor.awaitLine("Deleted .*203.0.113.200", LIMIT);
    assertThat(
            monitor.lines().stream()
                .filter(line -> line.contains("192.0.2.10") || line.contains("10.4.0.0"))
                .filter(line -> !line.contains(" table local ") && !line.startsWith("local"))
                .map(line -> line.replaceFirst("^\\d+: ", "").strip())
                .collect(Collectors.toList()))
        .hasSize(3)
        .anyMatch(line -> line.contains("192.0.2.103/24"))
        .anyMatch(line -> line.startsWith("10.4.0.0/24"))
        .anyMatch(line -> line.startsWith("Deleted 10.4.0.0/24"));
    assertThat(transitions()).isEqualTo(4);
    assertThat(hasAddress("192.0.2.101")).isTrue();
  }

  @Test
  void otherLifetimesAreSetInPlaceAndOtherSettingsAnew() {
    engine
        .configure(instance("VI_1", 51, vips("198.51.100.1/32", "198.51.100.2/32")))
        .awaitState("VI_1", VrrpState.MASTER);
    engine.configure(
        instance(
            "VI_1", 51, "vip_lease 60\n" + vips("198.51.100.1/32", "198.51.100.2/32 scope link")));
    assertThat(ip("addr", "show", "dev", "eth0"))
        .containsPattern("198.51.100.1/32 scope global.* eth0\\s+valid_lft (59|60)sec")
        .containsPattern("198.51.100.2/32 scope link.* eth0\\s+valid_lft (59|60)sec");
    assertThat(engine.events(VipEvent.Released.class)).isEmpty();
    engine.configure(instance("VI_1", 51, vips("198.51.100.1/32", "198.51.100.2/32")));
    assertThat(ip("addr", "show", "dev", "eth0"))
        .containsPattern("198.51.100.1/32 scope global.* eth0\\s+valid_lft forever");
  }

  @Test
  void staticThingsAreThereFromStartToStop() {
    String statics =
        """
        global_defs {
            default_interface eth0
        }
        track_group TG {
            group {
                VI_1
            }
        }
        static_ipaddress {
            203.0.113.50/24
            203.0.113.51/24 dev eth7 track_group TG
        }
        static_routes {
            10.6.0.0/16 via 203.0.113.2 metric 5
        }
        static_rules {
            to 10.6.0.0/16 lookup main priority 88
        }
        """;
    engine.configure(statics + instance("VI_1", 51, vips("192.0.2.100/24")));
    assertThat(hasAddress("203.0.113.50")).isTrue();
    assertThat(ip("route", "show")).contains("10.6.0.0/16 via 203.0.113.2 dev eth0 proto keepal");
    assertThat(hasRule("88:\tfrom all to 10.6.0.0/16 lookup main")).isTrue();
    engine.awaitState("VI_1", VrrpState.FAULT);
    assertThat(engine.summaries())
        .anyMatch(line -> line.contains("static 203.0.113.51/24 is missing"));

    host.nic("eth7", lan);
    engine.awaitState("VI_1", VrrpState.MASTER);
    engine.close();
    assertThat(hasAddress("203.0.113.50")).isFalse();
    assertThat(hasRoute("10.6.0.0/16")).isFalse();
    assertThat(hasRule("10.6.0.0/16")).isFalse();
  }

  @Test
  void secondariesArePromotedWhileItIsAskedFor() {
    String file = "/proc/sys/net/ipv4/conf/eth0/promote_secondaries";
    host.sysctl("net.ipv4.conf.eth0.promote_secondaries=0");
    engine.configure(instance("VI_1", 51, "promote_secondaries\n" + vips("192.0.2.100/24")));
    assertThat(host.run("cat", file).text().strip()).isEqualTo("1");
    engine.close();
    assertThat(host.run("cat", file).text().strip()).isEqualTo("0");
  }

  @Test
  @Proves("VR-056")
  void anIpv6AddressIsUsableAtOnceAndItsGroupJoined() {
    engine
        .configure(
            instance("VI_1", 51, vips("fe80::5e:100/64", "2001:db8::64", "2001:db8::65/64 -nodad")))
        .awaitState("VI_1", VrrpState.MASTER);
    for (String group : List.of("ff02::1:ff5e:100", "ff02::1:ff00:64", "ff02::1:ff00:65")) {
      await(group, () -> ip("-6", "maddr", "show", "dev", "eth0").contains(group));
    }
    String addresses = ip("-6", "-o", "addr", "show", "dev", "eth0");
    assertThat(addresses).containsPattern("2001:db8::64/128 .*nodad.* preferred_lft 0sec");
    assertThat(addresses).containsPattern("2001:db8::65/64 scope global .*preferred_lft forever");
    await(
        "2001:db8::65 is past duplicate detection", () -> !ip("-6", "addr").contains("tentative"));
  }

  @Test
  void anOwnerThatLeavesKeepsOnlyWhatWasThereBefore() {
    host.ip("addr add 192.0.2.100/24 dev eth0");
    engine
        .configure(ALONE.formatted("VI_1", 51, 255, vips("192.0.2.100/24", "192.0.2.101/24")))
        .awaitState("VI_1", VrrpState.MASTER);
    await("the address is set", () -> hasAddress("192.0.2.101"));
    engine.close();
    assertThat(hasAddress("192.0.2.101")).isFalse();
    assertThat(hasAddress("192.0.2.100")).isTrue();
  }
}
