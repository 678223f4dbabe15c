package io.keepstream.lvs.edge;

import static io.keepstream.lvs.edge.DirectorLab.VIP;
import static io.keepstream.lvs.edge.DirectorLab.backend;
import static io.keepstream.lvs.edge.DirectorLab.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent.Added;
import io.keepstream.contract.event.BackendEvent.Removed;
import io.keepstream.contract.event.BackendEvent.WeightChanged;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.LvsEvent.Available;
import io.keepstream.contract.event.LvsEvent.ChangeFailed;
import io.keepstream.contract.event.LvsEvent.DriftRepaired;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.value.ServerName;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lvs.config.ConfigText;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.edge.DirectorLab.Connection;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients meet behind a director that balances with nftables, also while things go wrong. */
@KernelTest
@Timeout(60)
class NftablesTrafficTest {
  private static final String NAT_1 = "10.10.0.11";
  private static final String NAT_2 = "10.10.0.12";
  private static final String NAT_3 = "10.10.0.13";
  private static final String BESIDE = "10.20.0.13";

  private static DirectorLab lab;
  private final Running lvs = new Running(new Pace(100, 300, 300));

  @BeforeAll
  static void open() {
    lab = new DirectorLab();
    lab.behind("nat3", NAT_3);
    host("client").ip("addr add 10.20.0.51/24 dev eth0", "addr add 10.20.0.52/24 dev eth0");
  }

  @AfterEach
  void stop() {
    lvs.close();
    assertThat(ruleset()).isEmpty();
  }

  @AfterAll
  static void close() {
    lab.close();
  }

  private static LabHost host(String name) {
    return lab.director().lab().host(name);
  }

  private static String ruleset() {
    return lab.director().run("nft", "list", "ruleset").orThrow("nft").text();
  }

  private static NftablesTable table() {
    return lab.nftables();
  }

  private static void edit(String... words) {
    List<String> command = new ArrayList<>(List.of("nft"));
    command.addAll(List.of(words));
    lab.director().run(command.toArray(String[]::new)).orThrow(command.toString());
  }

  private List<String> visits(int count) throws IOException {
    List<String> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      servers.add(lab.visit());
    }
    return servers;
  }

  private static Connection connectionTo(String server) throws IOException {
    while (true) {
      Connection connection = lab.connect();
      if (connection.ask().equals(server)) {
        return connection;
      }
      connection.close();
    }
  }

  private static LvsConfig read(String text) {
    return ConfigText.read(text).config();
  }

  @Test
  void roundRobinTakesTurns() throws IOException {
    lvs.start(config("NAT", "", NAT_1, NAT_2, NAT_3), table());
    assertThat(visits(6)).containsExactly("nat1", "nat2", "nat3", "nat1", "nat2", "nat3");
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
    assertThat(visits(8)).doesNotContain("nat3").filteredOn("nat2"::equals).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "mh"})
  void sourceHashingKeepsAClientWhereItIs(String scheduler) throws IOException {
    LvsConfig config = config("NAT", "", NAT_1, NAT_2, NAT_3);
    lvs.start(scheduled(config, scheduler), table());
    Set<String> seen = new HashSet<>();
    for (int last = 50; last <= 52; last++) {
      String client = "10.20.0." + last;
      String server = lab.visit(client);
      seen.add(server);
      assertThat(List.of(lab.visit(client), lab.visit(client))).containsOnly(server);
    }
    assertThat(seen).hasSizeGreaterThan(1);
  }

  private static LvsConfig scheduled(LvsConfig config, String scheduler) {
    return DirectorLab.scheduled(config, scheduler);
  }

  @Test
  void aClientIsRememberedForAsLongAsAsked() throws IOException {
    lvs.start(config("NAT", "persistence_timeout 1", NAT_1, NAT_2), table());
    assertThat(visits(3)).containsOnly("nat1");
    assertThat(lab.visit("10.20.0.51")).isEqualTo("nat2");
    Await.until(Running.LIMIT, "nobody is remembered", () -> !ruleset().contains("expires"));
    assertThat(visits(3)).containsOnly("nat1");
  }

  @Test
  void aRememberedClientReturnsToAServerThatGetsNobodyElse() throws IOException {
    lvs.start(config("NAT", "persistence_timeout 300\n inhibit_on_failure", NAT_1, NAT_2), table());
    assertThat(visits(2)).containsOnly("nat1");
    lvs.down(backend(NAT_1));
    lvs.await(new WeightChanged(backend(NAT_1), 1, 0));
    assertThat(lab.visit()).isEqualTo("nat1");
    assertThat(lab.visit("10.20.0.51")).isEqualTo("nat2");
  }

  @Test
  void masqueradedServersNeedNoWayBack() throws IOException {
    lvs.start(DirectorLab.masqueraded(config("NAT", "", BESIDE, NAT_1)), table());
    assertThat(visits(4)).containsExactlyInAnyOrder("dr1", "nat1", "dr1", "nat1");
    assertThat(ruleset()).contains("masquerade");
  }

  @Test
  void theSorryServerServesWhenNobodyElseDoes() throws IOException {
    lvs.start(config("NAT", "sorry_server 10.10.0.13 80", NAT_1, NAT_2), table());
    lvs.down(backend(NAT_1));
    lvs.down(backend(NAT_2));
    lvs.await(new Removed(backend(NAT_2)));
    assertThat(visits(3)).containsOnly("nat3");
    lvs.up(backend(NAT_2));
    lvs.await(new Removed(backend(NAT_3)));
    assertThat(visits(3)).containsOnly("nat2");
  }

  @Test
  void whereNobodyServesClientsAreRefused() {
    lvs.start(config("NAT", "", NAT_1), table());
    lvs.down(backend(NAT_1));
    lvs.await(new Removed(backend(NAT_1)));
    assertThat(host("client").run("curl", "-s", "-m", "5", "http://" + VIP).status()).isEqualTo(7);
  }

  @Test
  void datagramsAreBalancedByTheirSourcePort() throws IOException {
    try (var _ = new Echo(host("nat1"));
        var _ = new Echo(host("nat2"))) {
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
      assertThat(List.of(Echo.ask(host("client"), VIP), Echo.ask(host("client"), VIP)))
          .containsExactlyInAnyOrder("nat1", "nat2");
    }
  }

  @Test
  void datagramsLeaveAServerThatFails() throws IOException {
    BackendRef first = udp(NAT_1);
    try (var _ = new Echo(host("nat1"));
        var _ = new Echo(host("nat2"));
        DatagramSocket client = host("client").inside(DatagramSocket::new)) {
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
    host("director").ip("addr add fd20::1/64 dev eth0", "addr add fd20::100/128 dev eth0");
    host("director").ip("addr add fd10::1/64 dev eth0").sysctl("net.ipv6.conf.all.forwarding=1");
    host("client").ip("addr add fd20::50/64 dev eth0");
    for (int i = 1; i <= 2; i++) {
      host("nat" + i)
          .ip("addr add fd10::1%d/64 dev eth0".formatted(i), "route add default via fd10::1");
    }
    lvs.start(
        read(
            """
            virtual_server fd20::100 80 {
              protocol TCP
              lvs_sched rr
              persistence_timeout 5
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

  private static String fetch(String at) {
    return fetch(host("client"), at);
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
    edit(rules);
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
    edit("delete", "table", "ip", "marks");
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
  void aServerThatFailsLeavesAndOthersKeepTheirConnections() throws IOException {
    lvs.start(config("NAT", "", NAT_1, NAT_2, NAT_3), table());
    try (Connection old = connectionTo("nat2")) {
      lvs.down(backend(NAT_1));
      lvs.await(new Removed(backend(NAT_1)));
      assertThat(visits(4)).containsOnly("nat2", "nat3");
      assertThat(old.ask()).isEqualTo("nat2");
      lvs.up(backend(NAT_1));
      lvs.await(new Added(backend(NAT_1), 1));
      assertThat(visits(3)).contains("nat1");
      assertThat(old.ask()).isEqualTo("nat2");
    }
  }

  @Test
  void aServerThatIsDrainedKeepsItsConnections() throws IOException {
    lvs.start(config("NAT", "inhibit_on_failure", NAT_1, NAT_2), table());
    try (Connection old = connectionTo("nat1")) {
      lvs.down(backend(NAT_1));
      lvs.await(new WeightChanged(backend(NAT_1), 1, 0));
      assertThat(visits(4)).containsOnly("nat2");
      assertThat(old.ask()).isEqualTo("nat1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "flush ruleset",
        "flush chain inet keepstream prerouting",
        "flush chain inet keepstream tcp-10.20.0.100-80",
        "add rule inet keepstream tcp-10.20.0.100-80/10.10.0.11-80 drop",
        "flush map inet keepstream services-port-ipv4",
        "flush set inet keepstream received-port-ipv4",
        "delete table inet keepstream"
      })
  void whatSomebodyElseEditsIsRepaired(String edit) throws IOException {
    lvs.start(config("NAT", "", NAT_1, NAT_2), table());
    String right = ruleset();
    try (Connection old = connectionTo("nat2")) {
      lvs.forget();
      edit(edit.split(" "));
      lvs.awaitEvents(Running.has(DriftRepaired.class), "a repair");
      assertThat(sorted(ruleset())).isEqualTo(sorted(right));
      assertThat(visits(2)).containsExactlyInAnyOrder("nat1", "nat2");
      assertThat(old.ask()).isEqualTo("nat2");
    }
  }

  /** What was made anew is listed last, and counts from 0. */
  private static List<String> sorted(String ruleset) {
    return ruleset.replaceAll("packets \\d+ bytes \\d+", "").lines().sorted().toList();
  }

  @Test
  void whoeverStartsAnewAdoptsWhatIsRight() throws IOException {
    LvsConfig config = config("NAT", "persistence_timeout 300\n lvs_sched sh", NAT_1, NAT_2, NAT_3);
    DirectorLab.leave(config, table());
    String there = ruleset();
    assertThat(there).contains("jhash");
    lvs.start(config, table());
    assertThat(lvs.events()).contains(new Available(1, 3));
    assertThat(ruleset()).isEqualTo(there);
  }

  @Test
  void whatARunBeforeHasLeftGoes() {
    DirectorLab.leave(
        read(
            """
        virtual_server 10.20.0.101 80 {
          protocol TCP
          lvs_sched rr
          real_server 10.10.0.11 80 { }
        }
        """),
        table());
    assertThat(ruleset()).contains("10.20.0.101");
    lvs.start(config("NAT", "", NAT_1), table());
    assertThat(ruleset()).contains("10.20.0.100").doesNotContain("10.20.0.101");
  }

  @Test
  void whatCannotBeDoneIsToldAndHoldsUpNothingElse() throws IOException {
    lvs.start(
        read(
            """
            virtual_server 10.20.0.101 80 {
              protocol TCP
              lvs_sched lc
              real_server 10.10.0.11 80 { }
            }
            virtual_server 10.20.0.100 80 {
              protocol TCP
              lvs_sched rr
              real_server 10.10.0.12 80 { }
              real_server 10.20.0.13 80 {
                lvs_method DR
              }
            }
            """),
        table());
    assertThat(lvs.events())
        .contains(
            new ChangeFailed("add TCP 10.20.0.101:80 (lc)", "nftables cannot do scheduler lc"),
            new ChangeFailed(
                "add 10.20.0.13:80 to TCP 10.20.0.100:80 (DR, weight 1)",
                "nftables cannot do forwarding method DR"));
    assertThat(visits(2)).containsOnly("nat2");
  }

  @Test
  void whatPassesThroughIsCounted() throws IOException {
    lvs.start(config("NAT", "", NAT_1, NAT_2), table());
    visits(3);
    Connection old = lab.connect();
    old.ask();
    Await.until(
        Running.LIMIT, "four connections", () -> traffic() != null && traffic().connections() == 4);
    assertThat(traffic().packetsIn()).isGreaterThan(10);
    assertThat(traffic().packetsOut()).isGreaterThan(10);
    assertThat(traffic().bytesOut()).isGreaterThan(400);
    assertThat(lvs.state().virtualServers().getFirst().destinations())
        .allMatch(server -> server.traffic().total().connections() == 2)
        .anyMatch(server -> server.connections().active() > 0);
    old.close();
  }

  private ServiceState.Counters traffic() {
    ServiceState.Traffic traffic = lvs.state().virtualServers().getFirst().traffic();
    return traffic == null ? null : traffic.total();
  }
}
