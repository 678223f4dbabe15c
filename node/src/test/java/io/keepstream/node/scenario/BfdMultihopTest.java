package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.peer.Frr;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BFD across a router (RFC 5883), with FRRouting and with ourselves behind it. */
@KernelTest(tools = {"vtysh", "tcpdump"})
@Execution(ExecutionMode.CONCURRENT)
class BfdMultihopTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String UP = "\\(FAR\\) Entering Up state";
  private static final String EXPIRED =
      "\\(FAR\\) Entering Down state \\(Local diagnostic - Control Detection Time Expired";

  private NamespaceLab lab;
  private LabBridge lan2;
  private LabHost host1;
  private LabHost host2;
  private LabHost router;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    LabBridge lan1 = lab.bridge("lan1");
    lan2 = lab.bridge("lan2");
    router = lab.host("router");
    router.nic("eth1", lan1, "10.1.0.254/24", "fd11::fe/64");
    router.nic("eth2", lan2, "10.2.0.254/24", "fd12::fe/64");
    router.sysctl("net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
    host1 = lab.host("node1").nic("eth0", lan1, "10.1.0.1/24", "fd11::1/64");
    host1.ip("route add default via 10.1.0.254", "route add fd12::/64 via fd11::fe");
    host2 = lab.host("node2").nic("eth0", lan2, "10.2.0.1/24", "fd12::1/64");
    host2.ip("route add default via 10.2.0.254", "route add fd11::/64 via fd12::fe");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource({"10.1.0.1, 10.2.0.1", "fd11::1, fd12::1"})
  @Proves({"BF-003", "BF-005", "BF-007", "FI-30"})
  void theSessionIsUpAcrossARouterAndDownWithIt(String us, String them) {
    LabProcess theirs =
        Speaker.KEEPSTREAM.start(host2, session(them, us, "max_hops 5") + tracking(100));
    aroundAFailureOfTheRouter(us, them, theirs, UP);
  }

  @ParameterizedTest
  @CsvSource({"10.1.0.1, 10.2.0.1", "fd11::1, fd12::1"})
  @Proves({"BF-003", "BF-005", "BF-007", "FI-30"})
  void frrIsUnderstoodAcrossARouter(String us, String them) {
    List<String> words =
        List.of("detect-multiplier 15", "receive-interval 100", "transmit-interval 100");
    Frr theirs = Frr.multihop(host2, them, us, words);
    aroundAFailureOfTheRouter(us, them, theirs.process(), "state-change: .* -> up");
  }

  private void aroundAFailureOfTheRouter(
      String us, String them, LabProcess theirs, String theirsIsUp) {
    LabProcess wire =
        lan2.host()
            .start("tcpdump", "--immediate-mode", "-l", "-n", "-v", "-i", "br0", "udp port 4784");
    LabProcess ours =
        Speaker.KEEPSTREAM.start(host1, session(us, them, "max_hops 5") + tracking(200));
    ours.awaitLine(UP, LIMIT);
    theirs.awaitLine(theirsIsUp, LIMIT);
    ours.awaitLine("\\(VI_1\\) Entering MASTER STATE", LIMIT);
    wire.awaitLine(us.contains(":") ? "hlim 254" : "ttl 254", LIMIT);

    int seen = ours.lines().size();
    router.sysctl("net.ipv4.ip_forward=0", "net.ipv6.conf.all.forwarding=0");
    ours.awaitLine(EXPIRED, seen, LIMIT);
    ours.awaitLine("\\(VI_1\\) Entering FAULT STATE .*bfd FAR is down", seen, LIMIT);
    router.sysctl("net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1");
    ours.awaitLine(UP, seen, LIMIT);
    ours.awaitLine("\\(VI_1\\) Entering MASTER STATE", seen, LIMIT);
  }

  @ParameterizedTest
  @CsvSource({"10.1.0.1, 10.2.0.1, TTL", "fd11::1, fd12::1, hop limit"})
  @Proves("BF-005")
  void aNeighbourFartherAwayThanAllowedIsToldOf(String us, String them, String word) {
    Speaker.KEEPSTREAM.start(host2, session(them, us, "max_hops 5") + tracking(100));
    LabProcess ours =
        Speaker.KEEPSTREAM.start(host1, session(us, them, "max_hops 0") + tracking(200));
    ours.awaitLine("rejected .* BFD packet.*hopLimitErrors, " + word + " 254, at least 255", LIMIT);
    assertThat(ours.text()).doesNotContain("Entering Up state");
  }

  private static String session(String from, String to, String hops) {
    return """
        bfd_instance FAR {
            source_ip %s
            neighbor_ip %s
            multihop
            min_rx 100
            min_tx 100
            multiplier 15
            %s
        }
        """
        .formatted(from, to, hops);
  }

  private static String tracking(int priority) {
    return """
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            version 3
            advert_int 0.2
            priority %d
            virtual_ipaddress {
                10.9.0.100/32
            }
            track_bfd {
                FAR
            }
        }
        """
        .formatted(priority);
  }
}
