package io.keepstream.election.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.election.announce.AnnounceConfig;
import io.keepstream.election.machine.Tracking.Tracked;
import io.keepstream.election.machine.VirtualRouterConfig;
import io.keepstream.election.vrrp.Authentication;
import io.keepstream.election.vrrp.ChecksumForm;
import io.keepstream.election.vrrp.UnicastPeer;
import io.keepstream.election.vrrp.Vrrp;
import io.keepstream.testkit.Proves;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElectionConfigReaderTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> problems = new ArrayList<>();

  @Test
  void theTutorial() {
    InstanceConfig read =
        one(
            """
            vrrp_instance VI_1 {
                state MASTER
                interface ens192
                virtual_router_id 51
                priority 50
                advert_int 1
                authentication {
                    auth_type PASS
                    auth_pass 1111
                }
                virtual_ipaddress {
                    172.32.10.18
                }
            }
            """);
    assertThat(problems).isEmpty();
    assertThat(read.router()).isEqualTo(new VirtualRouterRef("VI_1", 51, "inet", "ens192"));
    assertThat(read.machine())
        .isEqualTo(new VirtualRouterConfig(2, 50, SECOND, true, 0, 3, false, false));
    assertThat(read.wire().authentication()).isEqualTo(Authentication.Password.of("1111"));
    assertThat(read.wire().forms()).containsExactly(ChecksumForm.MESSAGE_ONLY);
    assertThat(read.wire().group()).isEqualTo(Vrrp.GROUP_4);
    assertThat(read.announce()).isEqualTo(new AnnounceConfig(5, 5 * SECOND, 0, 1, 5, 5 * SECOND));
    assertThat(read.addresses())
        .extracting(VirtualAddress::text)
        .containsExactly("172.32.10.18/32");
    assertThat(read.addresses().getFirst().networkInterface()).isEqualTo("ens192");
  }

  @Test
  void addressLinesHaveOptions() {
    InstanceConfig read =
        one(
            instance(
                """
                virtual_ipaddress {
                    10.0.0.1/24 dev eth1 label eth1:1 scope link brd +
                    10.0.0.2/24 broadcast 10.0.0.255 noprefixroute
                    10.0.0.3 peer 10.0.0.4 preferred_lft 0
                }
                virtual_ipaddress_excluded {
                    2001:db8::1/64 -nodad
                    2001:db8::2
                }
                """));
    assertThat(problems).isEmpty();
    assertThat(read.addresses())
        .containsExactly(
            new VirtualAddress(
                ip("10.0.0.1"),
                24,
                "eth1",
                "eth1:1",
                253,
                ip("10.0.0.255"),
                null,
                false,
                false,
                VirtualAddress.FOREVER,
                0,
                true,
                VirtualAddress.FOREVER),
            new VirtualAddress(
                ip("10.0.0.2"),
                24,
                "eth0",
                null,
                0,
                ip("10.0.0.255"),
                null,
                true,
                false,
                VirtualAddress.FOREVER,
                0,
                true,
                VirtualAddress.FOREVER),
            new VirtualAddress(
                ip("10.0.0.3"),
                32,
                "eth0",
                null,
                0,
                null,
                ip("10.0.0.4"),
                false,
                false,
                0,
                0,
                true,
                VirtualAddress.FOREVER));
    assertThat(read.excluded())
        .extracting(VirtualAddress::duplicateDetection, VirtualAddress::preferredSeconds)
        .containsExactly(tuple(true, VirtualAddress.FOREVER), tuple(false, 0L));
  }

  @Test
  @Proves("VR-030")
  void theFirstAddressDecidesTheFamily() {
    InstanceConfig read =
        one(instance("virtual_ipaddress {\n fe80::66/64\n 10.0.0.1\n 2001:db8::66\n}"));
    assertThat(read.ipv6()).isTrue();
    assertThat(read.machine().version()).isEqualTo(3);
    assertThat(read.wire().forms()).containsExactly(ChecksumForm.PSEUDO_HEADER);
    assertThat(read.addresses()).hasSize(2);
    assertThat(read.excluded()).extracting(VirtualAddress::text).containsExactly("10.0.0.1/32");
    assertThat(problems).singleElement().asString().contains("node.conf:4:");
  }

  @Test
  void aMasterThatCountsItsPacketsStartsAsBackup() {
    InstanceConfig read =
        one(
            instance(
                "state MASTER\nnopreempt\npriority 150\n"
                    + "authentication {\n auth_type AH\n auth_pass x\n}\n"
                    + ADDRESS));
    assertThat(read.wire().authentication()).isEqualTo(Authentication.Header.of("x"));
    assertThat(read.machine().preempt()).isFalse();
    assertThat(problems).singleElement().asString().contains(":4:1: warning: state MASTER");
  }

  @ParameterizedTest(name = "{0}: {1} bytes")
  @CsvSource({
    "'', '', 0",
    "'', kernel_rx_buf_size 9000, 9000",
    "vrrp_rx_bufs_policy MTU, '', 4500",
    "vrrp_rx_bufs_policy advert | vrrp_rx_bufs_multiplier 5, '', 500",
    "vrrp_rx_bufs_policy ADVERT | vrrp_rx_bufs_policy MTU, '', 4500",
    "vrrp_rx_bufs_policy 8192 | vrrp_rx_bufs_policy MTU, '', 8192",
    "vrrp_rx_bufs_policy 8192, kernel_rx_buf_size 9000, 9000"
  })
  void receiveBuffers(String global, String words, int bytes) {
    ElectionConfig read =
        read(
            "global_defs {\n%s\n}\n".formatted(global.replace(" | ", "\n"))
                + instance(words + "\n" + ADDRESS));
    ReceiveBuffer buffer = read.instances().getFirst().wire().listening().buffer();
    assertThat(buffer.bytes(1500, 100)).isEqualTo(bytes);
  }

  @Test
  void aRangeOfHopLimitsMustNotBeEmpty() {
    one(instance("unicast_peer {\n 10.0.0.2 min_ttl 9 max_ttl 8\n}\n" + ADDRESS));
    assertThat(problems).singleElement().asString().contains(":5:2: error: min_ttl 9 is above");
  }

  @ParameterizedTest(name = "version {0}, advert_int {1}: {2} cs, {3} warning(s)")
  @CsvSource({
    "2, 1, 100, 0",
    "2, 0.4, 100, 1",
    "2, 1.6, 200, 1",
    "2, 255, 25500, 0",
    "3, 0.01, 1, 0",
    "3, 0.25, 25, 0",
    "3, 40.95, 4095, 0",
    "3, 41, 4095, 1"
  })
  void intervals(int version, String written, int centis, int warnings) {
    InstanceConfig read =
        one(instance("version " + version + "\n advert_int " + written + "\n" + ADDRESS));
    assertThat(read.wire().intervalCentis()).isEqualTo(centis);
    assertThat(read.machine().advertIntervalNanos()).isEqualTo(centis * 10_000_000L);
    assertThat(problems).hasSize(warnings);
  }

  @ParameterizedTest(name = "{0}: preempt {1}, delay {2} s, {3} warning(s)")
  @CsvSource({
    "state BACKUP, true, 0, 0",
    "state BACKUP | nopreempt, false, 0, 0",
    "state MASTER | nopreempt, true, 0, 1",
    "priority 255 | nopreempt, true, 0, 1",
    "preempt_delay 4, true, 4, 0",
    "state MASTER | preempt_delay 4, true, 0, 1",
    "nopreempt | preempt_delay 4, false, 4, 1"
  })
  void preemption(String words, boolean preempt, long delaySeconds, int warnings) {
    InstanceConfig read = one(instance(words.replace(" | ", "\n") + "\n" + ADDRESS));
    assertThat(read.machine().preempt()).isEqualTo(preempt);
    assertThat(read.machine().preemptDelayNanos()).isEqualTo(delaySeconds * SECOND);
    assertThat(problems).hasSize(warnings);
  }

  @Test
  void trackersTakeTheirWeightFromTheLineOrTheScript() {
    ElectionConfig read =
        read(
            """
            vrrp_script own { script "/bin/true"
              weight 50 }
            vrrp_script turned { script "/bin/true"
              weight 10 reverse }
            vrrp_script plain { script "/bin/true" }
            """
                + instance(
                    """
                    track_script {
                        own
                        own weight -20
                        turned
                        plain
                        missing
                    }
                    track_interface {
                        eth1 weight 254
                        eth2
                        eth3 weight -5 reverse
                    }
                    """
                        + ADDRESS));
    assertThat(read.instances().getFirst().tracked())
        .containsExactly(
            tracked(TrackerRef.Kind.INTERFACE, "eth1", 253, false),
            tracked(TrackerRef.Kind.INTERFACE, "eth2", 0, false),
            tracked(TrackerRef.Kind.INTERFACE, "eth3", -5, true),
            tracked(TrackerRef.Kind.SCRIPT, "own", 50, false),
            tracked(TrackerRef.Kind.SCRIPT, "own", -20, false),
            tracked(TrackerRef.Kind.SCRIPT, "turned", 10, true),
            tracked(TrackerRef.Kind.SCRIPT, "plain", 0, false));
    assertThat(problems).singleElement().asString().contains("missing");
  }

  @Test
  void globalWordsAreDefaults() {
    ElectionConfig read =
        read(
            """
            global_defs {
                vrrp_version 3
                vrrp_garp_master_repeat 2
                vrrp_garp_master_delay 1
                vrrp_garp_master_refresh 60
                vrrp_mcast_group4 224.0.0.99
                vrrp_higher_prio_send_advert on
            }
            """
                + instance("garp_master_refresh 30\n" + ADDRESS));
    InstanceConfig instance = read.instances().getFirst();
    assertThat(instance.machine().version()).isEqualTo(3);
    assertThat(instance.machine().higherPrioSendAdvert()).isTrue();
    assertThat(instance.wire().group()).isEqualTo(ip("224.0.0.99"));
    assertThat(instance.announce())
        .isEqualTo(new AnnounceConfig(2, SECOND, 30 * SECOND, 1, 2, SECOND));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "state MASTER, 255",
    "state BACKUP, 100",
    "state MASTER | priority 7, 7",
  })
  void aMasterWithoutPriorityIsTheOwner(String words, int priority) {
    InstanceConfig read = one(instance(words.replace(" | ", "\n") + "\n" + ADDRESS));
    assertThat(read.machine().priority()).isEqualTo(priority);
  }

  @Test
  void lowerPriorityAnnouncementsAreThoseOfTheGlobalWords() {
    ElectionConfig read =
        read(
            "global_defs {\n vrrp_garp_lower_prio_repeat 0\n}\n"
                + instance("garp_master_repeat 3\n" + ADDRESS));
    assertThat(read.instances().getFirst().announce())
        .isEqualTo(new AnnounceConfig(3, 5 * SECOND, 0, 1, 0, 5 * SECOND));
  }

  @Test
  void unicast() {
    InstanceConfig read =
        one(
            instance(
                """
                version 3
                unicast_src_ip 10.0.0.1
                unicast_peer {
                    10.0.0.2
                    10.0.0.3
                }
                check_unicast_src
                unicast_ttl 64
                """
                    + ADDRESS));
    assertThat(read.wire().unicast()).isTrue();
    assertThat(read.wire().peers())
        .containsExactly(UnicastPeer.at(ip("10.0.0.2")), UnicastPeer.at(ip("10.0.0.3")));
    assertThat(read.wire().source()).isEqualTo(ip("10.0.0.1"));
    assertThat(read.wire().listening().checkPeers()).isTrue();
    assertThat(read.wire().unicastHopLimit()).isEqualTo(64);
    assertThat(read.wire().forms())
        .containsExactly(ChecksumForm.PSEUDO_HEADER, ChecksumForm.OLD_UNICAST);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "'vrrp_instance A { virtual_router_id 1\n}', needs interface",
    "'vrrp_instance A { interface eth0\n}', needs virtual_router_id",
    "'vrrp_instance A { interface eth0\n virtual_router_id 1\n}"
        + "\nvrrp_instance A { interface eth1\n virtual_router_id 2\n}', the name A is already used",
    "'vrrp_instance A { interface eth0\n virtual_router_id 1\n}"
        + "\nvrrp_instance B { interface eth0\n virtual_router_id 1\n}', is already used at node.conf:1:1",
    "'vrrp_instance A { interface eth0\n virtual_router_id 1\n virtual_ipaddress {\n 10.0.0.999\n}\n}',"
        + " is not an IP address",
    "'vrrp_instance A { interface eth0\n virtual_router_id 1\n version 3\n}',"
        + " needs at least one address to advertise",
    "'vrrp_instance A { interface eth0\n virtual_router_id 1\n mcast_src_ip fe80::1\n}',"
        + " 'node.conf:3:15: error: mcast_src_ip fe80::1 is not an IPv4 address'",
    "'vrrp_instance A { interface eth0\n virtual_router_id 1\n unicast_peer {\n 10.0.0.1\n fe80::2\n}\n}',"
        + " 'node.conf:5:2: error: unicast_peer fe80::2 is not an IPv4 address'",
    "'vrrp_instance A { interface eth0\n virtual_router_id 1\n authentication {\n auth_type PASS\n}\n}',"
        + " needs an auth_pass"
  })
  void errors(String text, String message) {
    read(text);
    assertThat(problems).singleElement().asString().contains("error: ").contains(message);
  }

  @Test
  void anInterfaceThatIsNotThereYetIsAWarning() {
    assertThat(one("vrrp_instance A {\n interface missing0\n virtual_router_id 1\n}").router())
        .isEqualTo(new VirtualRouterRef("A", 1, "inet", "missing0"));
    assertThat(problems)
        .singleElement()
        .asString()
        .startsWith("node.conf:2:12: warning: there is no interface missing0");
  }

  private static final String ADDRESS = "virtual_ipaddress {\n 10.0.0.100\n}\n";

  private static String instance(String words) {
    return "vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 1\n" + words + "}\n";
  }

  private InstanceConfig one(String text) {
    return read(text).instances().getFirst();
  }

  private ElectionConfig read(String text) {
    Document document = ConfigReader.read("node.conf", new TextSource("node.conf", text));
    assertThat(document.diagnostics()).isEmpty();
    return ElectionConfigReader.read(
        document.root(),
        any -> !any.equals("missing0"),
        (Diagnostic problem) -> problems.add(problem.toString()));
  }

  private static Tracked tracked(TrackerRef.Kind kind, String name, int weight, boolean reverse) {
    return new Tracked(new TrackerRef(kind, name), weight, reverse);
  }

  private static InetAddress ip(String text) {
    return InetAddress.ofLiteral(text);
  }
}
