package io.keepstream.lvs.edge;

import static io.keepstream.lvs.edge.DirectorLab.VIP;
import static io.keepstream.lvs.edge.DirectorLab.backend;
import static io.keepstream.lvs.edge.DirectorLab.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent.Removed;
import io.keepstream.contract.event.BackendEvent.WeightChanged;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.value.ServerName;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.peer.WebSession;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients meet behind a director that balances with nftables, also while things go wrong. */
@KernelTest
class NftablesTrafficTest extends NftablesRig {
  private static final String BESIDE = "10.20.0.13";

  @BeforeAll
  void addClients() {
    lab.host("client").ip("addr add 10.20.0.51/24 dev eth0", "addr add 10.20.0.52/24 dev eth0");
  }

  @Test
  void roundRobinTakesTurns() throws IOException {
    lvs.start(config("NAT", "", NAT_1, NAT_2, NAT_3), table());
    assertThat(lab.visits(6)).containsExactly("nat1", "nat2", "nat3", "nat1", "nat2", "nat3");
    assertThat(lvs.state().dataplane()).isEqualTo("nftables");
  }

  @Test
  void weightsAreKept() throws IOException {
    lvs.start(
        read(
            """
            virtual_server 10.20.0.100 80 {
              protocol TCP
              lvs_sched wrr
              real_server 10.10.0.11 80 {
                weight 30
              }
              real_server 10.10.0.12 80 {
                weight 10
              }
              real_server 10.10.0.13 80 {
                weight 0
              }
            }
            """),
        table());
    assertThat(lab.visits(8)).doesNotContain("nat3").filteredOn("nat2"::equals).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "mh"})
  void sourceHashingKeepsAClientWhereItIs(String scheduler) throws IOException {
    LvsConfig config = config("NAT", "", NAT_1, NAT_2, NAT_3);
    lvs.start(DirectorLab.scheduled(config, scheduler), table());
    Set<String> seen = new HashSet<>();
    for (int last = 50; last <= 52; last++) {
      String client = "10.20.0." + last;
      String server = lab.visit(client);
      seen.add(server);
      assertThat(List.of(lab.visit(client), lab.visit(client))).containsOnly(server);
    }
    assertThat(seen).hasSizeGreaterThan(1);
  }

  @Test
  void aClientIsRememberedForAsLongAsAsked() throws IOException {
    lvs.start(config("NAT", "persistence_timeout 3", NAT_1, NAT_2), table());
    assertThat(lab.visits(3)).containsOnly("nat1");
    Await.until(Running.LIMIT, "nobody is remembered", () -> !ruleset().contains("expires"));
    assertThat(lab.visit()).isEqualTo("nat2");
  }

  @Test
  void aRememberedClientReturnsToAServerThatGetsNobodyElse() throws IOException {
    lvs.start(config("NAT", "persistence_timeout 300\n inhibit_on_failure", NAT_1, NAT_2), table());
    assertThat(lab.visits(2)).containsOnly("nat1");
    lvs.down(backend(NAT_1));
    lvs.await(new WeightChanged(backend(NAT_1), 1, 0));
    assertThat(lab.visit()).isEqualTo("nat1");
    assertThat(lab.visit("10.20.0.51")).isEqualTo("nat2");
  }

  @Test
  void masqueradedServersNeedNoWayBack() throws IOException {
    lvs.start(DirectorLab.masqueraded(config("NAT", "", BESIDE, NAT_1)), table());
    assertThat(lab.visits(4)).containsExactlyInAnyOrder("dr1", "nat1", "dr1", "nat1");
    assertThat(ruleset()).contains("masquerade");
  }

  @Test
  void theSorryServerServesWhenNobodyElseDoes() throws IOException {
    lvs.start(config("NAT", "sorry_server 10.10.0.13 80", NAT_1, NAT_2), table());
    lvs.down(backend(NAT_1));
    lvs.down(backend(NAT_2));
    lvs.await(new Removed(backend(NAT_2)));
    assertThat(lab.visits(3)).containsOnly("nat3");
    lvs.up(backend(NAT_2));
    lvs.await(new Removed(backend(NAT_3)));
    assertThat(lab.visits(3)).containsOnly("nat2");
  }

  @Test
  void whereNobodyServesClientsAreRefused() {
    lvs.start(config("NAT", "", NAT_1), table());
    lvs.down(backend(NAT_1));
    lvs.await(new Removed(backend(NAT_1)));
    assertThat(lab.host("client").run("curl", "-s", "-m", "5", "http://" + VIP).status())
        .isEqualTo(7);
  }

  @Test
  void datagramsAreBalancedByTheirSourcePort() throws IOException {
    try (var _ = new Echo(lab.host("nat1"));
        var _ = new Echo(lab.host("nat2"))) {
      lvs.start(
          read(
              """
              virtual_server 10.20.0.100 53 {
                protocol UDP
                lvs_sched rr
                real_server 10.10.0.11 5353 { }
                real_server 10.10.0.12 5353 { }
              }
              """),
          table());
      assertThat(List.of(Echo.ask(lab.host("client"), VIP), Echo.ask(lab.host("client"), VIP)))
          .containsExactlyInAnyOrder("nat1", "nat2");
    }
  }

  @Test
  void datagramsLeaveAServerThatFails() throws IOException {
    BackendRef first = udp(NAT_1);
    try (var _ = new Echo(lab.host("nat1"));
        var _ = new Echo(lab.host("nat2"));
        DatagramSocket client = lab.host("client").inside(DatagramSocket::new)) {
      lvs.start(
          read(
              """
              virtual_server 10.20.0.100 53 {
                protocol UDP
                lvs_sched rr
                real_server 10.10.0.11 5353 {
                  UDP_CHECK { }
                }
                real_server 10.10.0.12 5353 {
                  UDP_CHECK { }
                }
              }
              """),
          table());
      assertThat(List.of(Echo.ask(client, VIP), Echo.ask(client, VIP))).containsOnly("nat1");
      lvs.down(first);
      lvs.await(new Removed(first));
      assertThat(Echo.ask(client, VIP)).isEqualTo("nat2");
    }
  }

  private static BackendRef udp(String server) {
    return new BackendRef(
        ServerName.of(InetAddress.ofLiteral(VIP), "UDP", 53),
        ServerName.of(InetAddress.ofLiteral(server), "UDP", 5353));
  }

  @Test
  void theOtherFamilyIsBalancedToo() {
    lab.host("director").ip("addr add fd20::1/64 dev eth0", "addr add fd20::100/128 dev eth0");
    lab.host("director")
        .ip("addr add fd10::1/64 dev eth0")
        .sysctl("net.ipv6.conf.all.forwarding=1");
    lab.host("client").ip("addr add fd20::50/64 dev eth0");
    for (int i = 1; i <= 2; i++) {
      lab.host("nat" + i)
          .sysctl("net.ipv6.conf.eth0.accept_redirects=0")
          .ip("addr add fd10::1%d/64 dev eth0".formatted(i), "route add default via fd10::1");
    }
    lvs.start(
        read(
            """
            virtual_server fd20::100 80 {
              protocol TCP
              lvs_sched rr
              persistence_timeout 300
              persistence_granularity 64
              real_server fd10::11 80 { }
              real_server fd10::12 80 { }
            }
            virtual_server fd20::100 81 {
              protocol TCP
              lvs_sched rr
              real_server fd10::11 80 { }
              real_server fd10::12 80 { }
            }
            """),
        table());
    assertThat(List.of(fetch("[fd20::100]:80"), fetch("[fd20::100]:80"))).containsOnly("nat1");
    assertThat(List.of(fetch("[fd20::100]:81"), fetch("[fd20::100]:81")))
        .containsExactly("nat1", "nat2");
  }

  private String fetch(String at) {
    return fetch(lab.host("client"), at);
  }

  private static String fetch(LabHost from, String at) {
    return from.run("curl", "-s", "-m", "5", "http://" + at).orThrow("curl").text().strip();
  }

  @Test
  void marksAndAllPortsFindTheirService() {
    String rules =
        """
        table ip marks {
          chain prerouting {
            type filter hook prerouting priority mangle;
            tcp dport 81 meta mark set 7
          }
        }
        """;
    lab.nft(rules);
    lvs.start(
        read(
            """
            virtual_server fwmark 7 {
              lvs_sched rr
              real_server 10.10.0.12 80 { }
            }
            virtual_server 10.20.0.100 {
              protocol TCP
              lvs_sched rr
              persistence_timeout 300
              real_server 10.10.0.11 { }
            }
            """),
        table());
    assertThat(fetch(VIP + ":81")).isEqualTo("nat2");
    assertThat(fetch(VIP + ":80")).isEqualTo("nat1");
    Await.until(
        Running.LIMIT,
        "both are counted",
        () ->
            lvs.state().virtualServers().stream()
                .allMatch(server -> server.traffic() != null && received(server) > 3));
    lab.nft("delete", "table", "ip", "marks");
  }

  private static long received(ServiceState.VirtualServer server) {
    return server.traffic().total().packetsIn();
  }

  @Test
  void theDirectorItselfIsAClientToo() {
    lvs.start(config("NAT", "", NAT_1, NAT_2), table());
    assertThat(List.of(fetch(lab.director(), VIP), fetch(lab.director(), VIP)))
        .containsExactlyInAnyOrder("nat1", "nat2");
  }

  @Test
  void whatPassesThroughIsCounted() throws IOException {
    lvs.start(config("NAT", "", NAT_1, NAT_2), table());
    lab.visits(3);
    try (WebSession old = lab.connect()) {
      old.ask();
      Await.until(
          Running.LIMIT,
          "four connections",
          () -> traffic() != null && traffic().connections() == 4);
      assertThat(traffic().packetsIn()).isGreaterThan(10);
      assertThat(traffic().packetsOut()).isGreaterThan(10);
      assertThat(traffic().bytesOut()).isGreaterThan(400);
      assertThat(lvs.state().virtualServers().getFirst().destinations())
          .hasSize(2)
          .allMatch(server -> server.traffic().total().connections() == 2)
          .anyMatch(server -> server.connections().active() > 0);
    }
  }

  private ServiceState.Counters traffic() {
    ServiceState.Traffic traffic = lvs.state().virtualServers().getFirst().traffic();
    return traffic == null ? null : traffic.total();
  }
}
