package io.keepstream.node.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.value.Addresses;
import io.keepstream.lvs.config.DataplaneRule;
import io.keepstream.lvs.ipvs.ForwardingMethod;
import io.keepstream.node.doctor.Facts.Heard;
import io.keepstream.node.doctor.Facts.Interface;
import io.keepstream.node.doctor.Finding.Level;
import io.keepstream.node.doctor.Needs.RealServer;
import io.keepstream.node.doctor.Needs.Router;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules, one row for each way in which a machine may lack something. */
class DoctorTest {
  private static final Router ROUTER =
      new Router("VI_1", "eth0", 51, false, true, Set.of(ip("10.0.0.100")), 32);
  private static final Needs NEEDS =
      new Needs(
          List.of(ROUTER),
          List.of(
              new RealServer(ip("10.0.1.1"), ForwardingMethod.MASQUERADE),
              new RealServer(ip("10.0.0.1"), ForwardingMethod.DIRECT_ROUTE)),
          new DataplaneRule(Optional.empty(), Optional.of("lb1.conf:9:5: DR is not NAT")),
          100,
          Optional.of("/var/lib/keepstream"));
  private static final Interface ETH0 =
      new Interface(true, true, true, 1500, Set.of(ip("10.0.0.1")));
  private static final Facts GOOD =
      new Facts(
          -1,
          Map.of(
              "net.ipv4.ip_forward", 1,
              "net.ipv4.conf.all.arp_ignore", 1,
              "net.ipv4.conf.all.arp_announce", 2,
              "net.ipv4.conf.all.rp_filter", 2),
          Map.of("eth0", ETH0),
          true,
          Optional.of(true),
          List.of(),
          Optional.of(""),
          Optional.empty(),
          4096,
          Map.of(),
          Optional.of(List.of()));

  record Row(String subject, Level level, String mend, UnaryOperator<Facts> worse) {
    @Override
    public String toString() {
      return subject + " " + level;
    }
  }

  static List<Row> rows() {
    return List.of(
        fail("capabilities", "AmbientCapabilities=CAP_NET_RAW", capable(1L << 12)),
        fail("keepalived", "systemctl disable --now keepalived", running(List.of(7L))),
        warn("clock", "timedatectl set-ntp true", clock(Optional.of(false))),
        warn("clock", "timedatectl set-ntp true", clock(Optional.empty())),
        fail("open files", "ulimit -n 356", files(64)),
        fail(
            "journal /var/lib/keepstream",
            "mkdir -p /var/lib/keepstream",
            unwritable("/var/lib/keepstream")),
        warn(
            "directory /run/keepstream",
            "install -d -m 0700 /run/keepstream",
            unwritable("/run/keepstream")),
        fail("interface eth0 of VI_1", "ip -brief link", interfaces(Map.of())),
        link("ip link set eth0 up", new Interface(false, false, true, 1500, ETH0.addresses())),
        link("ethtool eth0", new Interface(true, false, true, 1500, ETH0.addresses())),
        link(
            "ip link set eth0 multicast on",
            new Interface(true, true, false, 1500, ETH0.addresses())),
        link("ip link set eth0 mtu 32", new Interface(true, true, true, 30, ETH0.addresses())),
        link(
            "ip address add ADDRESS/LENGTH dev eth0",
            new Interface(true, true, true, 1500, Set.of(ip("fe80::1")))),
        fail("ip_vs", "modprobe ip_vs", DoctorTest::withoutIpvs),
        fail("net.ipv4.ip_forward", "sysctl -w net.ipv4.ip_forward=1", without("ip_forward")),
        warn(
            "net.ipv4.conf.all.arp_ignore",
            "sysctl -w net.ipv4.conf.all.arp_ignore=1",
            without("arp_ignore")),
        warn(
            "net.ipv4.conf.all.arp_announce",
            "sysctl -w net.ipv4.conf.all.arp_announce=2",
            without("arp_announce")),
        warn(
            "net.ipv4.conf.all.rp_filter",
            "sysctl -w net.ipv4.conf.all.rp_filter=2",
            facts -> sysctls(facts, Map.of("net.ipv4.conf.all.rp_filter", 1))),
        fail(
            "VRID 51 of VI_1 on eth0",
            "give VI_1 another virtual_router_id, as 1",
            heard("10.0.0.77")),
        warn(
            "firewall",
            "apt-get install nftables",
            facts -> firewall(facts, Optional.empty(), Optional.empty())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void eachLackIsFoundWithWhatMendsItAndNothingElse(Row row) {
    List<Finding> found = Doctor.examine(NEEDS, row.worse().apply(GOOD));
    assertThat(found)
        .anySatisfy(
            finding -> {
              assertThat(finding.subject()).isEqualTo(row.subject());
              assertThat(finding.level()).isEqualTo(row.level());
              assertThat(finding.mend()).contains(row.mend());
            });
    assertThat(found)
        .filteredOn(finding -> !finding.subject().equals(row.subject()))
        .extracting(Finding::level)
        .doesNotContain(Level.FAIL);
  }

  @Test
  void aMachineThatHasAllIsWell() {
    assertThat(Doctor.examine(NEEDS, GOOD)).extracting(Finding::level).containsOnly(Level.OK);
  }

  @Test
  void aPeerOfTheSameInstanceIsNoStranger() {
    assertThat(Doctor.examine(NEEDS, heard("10.0.0.100").apply(GOOD)))
        .extracting(Finding::says)
        .contains("shared with 10.0.0.2, priority 90");
  }

  @Test
  void theProposedVridIsNotThatOfAnotherInstance() {
    Router second = new Router("VI_2", "eth0", 1, false, true, Set.of(ip("10.0.0.101")), 32);
    Needs needs =
        new Needs(List.of(ROUTER, second), List.of(), DataplaneRule.ANY, 0, Optional.empty());
    assertThat(Doctor.examine(needs, heard("10.0.0.77").apply(GOOD)))
        .extracting(Finding::mend)
        .contains("give VI_1 another virtual_router_id, as 2");
  }

  @Test
  void nftablesStandsInWhereItCan() {
    Needs needs = new Needs(List.of(), NEEDS.realServers(), DataplaneRule.ANY, 0, Optional.empty());
    assertThat(Doctor.examine(needs, withoutIpvs(GOOD)))
        .extracting(Finding::text)
        .contains("OK    ip_vs: the kernel does not have it; nftables balances in its place\n");
  }

  @Test
  void whoOnlyElectsNeedsNoIpvsButMayWantToBind() {
    Needs needs = new Needs(List.of(ROUTER), List.of(), DataplaneRule.ANY, 0, Optional.empty());
    assertThat(Doctor.examine(needs, withoutIpvs(GOOD)))
        .filteredOn(finding -> finding.level() != Level.OK)
        .extracting(Finding::mend)
        .containsExactly("sysctl -w net.ipv4.ip_nonlocal_bind=1");
  }

  @Test
  void findingsAreALineEachAndOneMoreForTheCommand() {
    assertThat(Finding.ok("clock", "is synchronized").text())
        .isEqualTo("OK    clock: is synchronized\n");
    assertThat(Finding.fail("ip_vs", "is missing", "modprobe ip_vs").text())
        .isEqualTo("FAIL  ip_vs: is missing\n      mend: modprobe ip_vs\n");
  }

  private static Row fail(String subject, String mend, UnaryOperator<Facts> worse) {
    return new Row(subject, Level.FAIL, mend, worse);
  }

  private static Row warn(String subject, String mend, UnaryOperator<Facts> worse) {
    return new Row(subject, Level.WARN, mend, worse);
  }

  private static Row link(String mend, Interface link) {
    return fail("interface eth0 of VI_1", mend, interfaces(Map.of("eth0", link)));
  }

  private static UnaryOperator<Facts> capable(long bits) {
    return f -> with(f, bits, f.sysctls(), f.interfaces(), f.heard());
  }

  private static UnaryOperator<Facts> interfaces(Map<String, Interface> all) {
    return f -> with(f, f.capabilities(), f.sysctls(), all, f.heard());
  }

  private static UnaryOperator<Facts> without(String end) {
    return f ->
        sysctls(
            f,
            f.sysctls().keySet().stream()
                .filter(name -> name.endsWith(end))
                .collect(Collectors.toMap(name -> name, name -> 0)));
  }

  private static Facts sysctls(Facts f, Map<String, Integer> changed) {
    Map<String, Integer> all = new HashMap<>(f.sysctls());
    all.putAll(changed);
    return with(f, f.capabilities(), all, f.interfaces(), f.heard());
  }

  private static UnaryOperator<Facts> heard(String address) {
    Heard other = new Heard("eth0", 51, ip("10.0.0.2"), 90, Set.of(ip(address)));
    return f -> with(f, f.capabilities(), f.sysctls(), f.interfaces(), Optional.of(List.of(other)));
  }

  private static Facts with(
      Facts f,
      long bits,
      Map<String, Integer> sysctls,
      Map<String, Interface> interfaces,
      Optional<List<Heard>> heard) {
    return new Facts(
        bits,
        sysctls,
        interfaces,
        f.ipvs(),
        f.clockSynchronized(),
        f.keepalived(),
        f.nftables(),
        f.iptables(),
        f.openFiles(),
        f.unwritable(),
        heard);
  }

  private static Facts withoutIpvs(Facts f) {
    return beside(f, false, f.clockSynchronized(), f.keepalived(), f.openFiles());
  }

  private static UnaryOperator<Facts> clock(Optional<Boolean> right) {
    return f -> beside(f, f.ipvs(), right, f.keepalived(), f.openFiles());
  }

  private static UnaryOperator<Facts> running(List<Long> processes) {
    return f -> beside(f, f.ipvs(), f.clockSynchronized(), processes, f.openFiles());
  }

  private static UnaryOperator<Facts> files(long most) {
    return f -> beside(f, f.ipvs(), f.clockSynchronized(), f.keepalived(), most);
  }

  private static Facts beside(
      Facts f, boolean ipvs, Optional<Boolean> clock, List<Long> processes, long files) {
    return new Facts(
        f.capabilities(),
        f.sysctls(),
        f.interfaces(),
        ipvs,
        clock,
        processes,
        f.nftables(),
        f.iptables(),
        files,
        f.unwritable(),
        f.heard());
  }

  private static UnaryOperator<Facts> unwritable(String directory) {
    return f -> around(f, f.nftables(), f.iptables(), Map.of(directory, "is read-only"));
  }

  private static Facts firewall(Facts f, Optional<String> nft, Optional<String> iptables) {
    return around(f, nft, iptables, f.unwritable());
  }

  private static Facts around(
      Facts f, Optional<String> nft, Optional<String> iptables, Map<String, String> unwritable) {
    return new Facts(
        f.capabilities(),
        f.sysctls(),
        f.interfaces(),
        f.ipvs(),
        f.clockSynchronized(),
        f.keepalived(),
        nft,
        iptables,
        f.openFiles(),
        unwritable,
        f.heard());
  }

  private static InetAddress ip(String text) {
    return Addresses.ip(text).orElseThrow();
  }
}
