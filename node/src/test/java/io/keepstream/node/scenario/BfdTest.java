package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.peer.Keepalived;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BFD sessions with keepalived and with ourselves, and what VRRP makes of them. */
@KernelTest(tools = {"keepalived", "tcpdump"})
@Execution(ExecutionMode.CONCURRENT)
class BfdTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String UP = "\\(WAN\\) Entering Up state";
  private static final String EXPIRED =
      "\\(WAN\\) Entering Down state \\(Local diagnostic - Control Detection Time Expired";

  private NamespaceLab lab;
  private LabBridge lan;
  private LabHost host1;
  private LabHost host2;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    host1 = lab.host("node1").nic("eth0", lan, "10.0.0.1/24", "fd10::1/64", "fe80::aa:1/64");
    host2 = lab.host("node2").nic("eth0", lan, "10.0.0.2/24", "fd10::2/64", "fe80::aa:2/64");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Proves({"BF-002", "BF-005", "BF-007", "VR-063", "FI-30"})
  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.", "fd10::"})
  void keepalivedComesAndGoesAndTheInstanceWithIt(String net) throws IOException {
    LabProcess ours = ours(host1, bfd(net, 1, "") + tracking(200, "WAN"));
    ours.awaitLine("\\(VI_1\\) Entering FAULT STATE .*bfd WAN is down", LIMIT);
    Keepalived theirs = theirs(bfd(net, 2, "hoplimit 255"));
    ours.awaitLine(UP, LIMIT);
    theirs.awaitLog(UP, LIMIT);
    ours.awaitLine("\\(VI_1\\) Entering MASTER STATE", LIMIT);

    int seen = ours.lines().size();
    theirs.process().pause();
    ours.awaitLine(EXPIRED, seen, LIMIT);
    ours.awaitLine("\\(VI_1\\) Entering FAULT STATE .*bfd WAN is down", seen, LIMIT);
    assertThat(host1.run("ip", "-o", "addr").text()).doesNotContain("10.0.0.100/");
    theirs.process().resume();
    ours.awaitLine(UP, seen, LIMIT);
    ours.awaitLine("\\(VI_1\\) Entering MASTER STATE", seen, LIMIT);

    seen = ours.lines().size();
    theirs.kill();
    ours.awaitLine(EXPIRED, seen, LIMIT);
  }

  @Proves({"BF-007", "BF-008"})
  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.", "fd10::"})
  void keepalivedSeesUsStandStillAndWeKnowWhoFell(String net) throws IOException {
    LabProcess ours = ours(host1, bfd(net, 1, ""));
    Keepalived theirs = theirs(bfd(net, 2, "hoplimit 255"));
    theirs.awaitLog(UP, LIMIT);
    ours.awaitLine(UP, LIMIT);
    ours.pause();
    theirs.awaitLog(EXPIRED, LIMIT);
    int before = theirs.process().lines().size();
    ours.resume();
    ours.awaitLine("Local diagnostic - Neighbor Signaled Session Down", LIMIT);
    theirs.process().awaitLine(UP, before, LIMIT);
    assertThat(ours.text()).doesNotContain("Local diagnostic - Control Detection Time Expired");
  }

  @Proves({"BF-008", "VR-063"})
  @Test
  void aStallOfOursDoesNotEndTheSession() throws IOException {
    LabProcess ours =
        ours(host1, bfd("10.0.0.", 1, "multiplier 200") + tracking(200, "WAN weight -50"));
    Keepalived theirs = theirs(bfd("10.0.0.", 2, ""));
    LabProcess wire = capture("src host 10.0.0.2");
    theirs.awaitLog(UP, LIMIT);
    ours.awaitLine(UP, LIMIT);
    awaitPackets(wire, 10);
    ours.pause();
    awaitPackets(wire, 25);
    ours.resume();
    int before = ours.lines().size();
    theirs.kill();
    ours.awaitLine(EXPIRED, before, LIMIT);
    ours.awaitLine("\\(VI_1\\) Changing effective priority from 200 to 150", before, LIMIT);
    assertThat(ours.lines().stream().filter(line -> line.contains("Entering Down"))).hasSize(1);
  }

  @Proves({"BF-005", "FI-30"})
  @ParameterizedTest
  @ValueSource(strings = {"fd10::", "10.0.0."})
  void aNeighbourWithAnotherHopLimitIsToldOf(String net) throws IOException {
    boolean ipv6 = net.contains(":");
    LabProcess ours = ours(host1, bfd(net, 1, ""));
    theirs(bfd(net, 2, ipv6 ? "" : "ttl 254"));
    ours.awaitLine(
        ipv6
            ? "rejected .* BFD packet\\(s\\) from fd10::2 .* hopLimitErrors, hop limit 64, at least 255"
            : "rejected .* BFD packet\\(s\\) from 10.0.0.2 .* hopLimitErrors, TTL 254, at least 255",
        LIMIT);
    assertThat(ours.text()).doesNotContain("Entering Up state");
  }

  @Proves({"BF-003", "BF-004", "BF-005", "BF-006"})
  @Test
  void whatGoesOverTheWireIsAsTheRfcWantsIt() throws IOException {
    LabProcess wire = capture("src host 10.0.0.1");
    LabProcess ours =
        ours(host1, bfd("10.0.0.", 1, "min_tx 20\n multiplier 50").replace("min_tx 100", ""));
    awaitPackets(wire, 3);
    Keepalived theirs = theirs(bfd("10.0.0.", 2, "min_rx 20").replace("min_rx 100", ""));
    theirs.awaitLog(UP, LIMIT);
    awaitPackets(wire, 300);
    ours.stop();

    List<BfdSighting> seen = BfdSighting.all(wire.lines());
    assertThat(seen).allMatch(packet -> packet.hopLimit() == 255);
    assertThat(seen).allMatch(packet -> packet.sourcePort() >= 49152);
    assertThat(seen).extracting(BfdSighting::sourcePort).containsOnly(seen.getFirst().sourcePort());
    assertThat(seen.getLast().state()).isEqualTo("AdminDown");

    List<BfdSighting> slow = seen.stream().filter(p -> p.state().equals("Down")).toList();
    assertThat(slow).as("slow until up").allMatch(packet -> packet.desiredMinTxMillis() >= 1000);
    assertThat(gapsMicros(slow)).allMatch(gap -> gap >= 740_000);

    List<BfdSighting> up = seen.stream().filter(p -> p.state().equals("Up")).toList();
    assertThat(up).anyMatch(packet -> packet.flags().contains("Poll"));
    List<BfdSighting> settled =
        up.stream().filter(packet -> packet.flags().equals("none")).skip(5).toList();
    assertThat(settled).hasSizeGreaterThan(200);
    assertThat(settled).allMatch(packet -> packet.desiredMinTxMillis() == 20);
    assertThat(gapsMicros(settled).stream().filter(gap -> gap < 14_500).count())
        .as("gaps below 20 ms less a quarter, by delays between clock and wire")
        .isLessThan(settled.size() / 20);
    assertThat(gapsMicros(settled).stream().mapToLong(gap -> gap).average().orElseThrow())
        .isBetween(15_000.0, 40_000.0);
  }

  @Proves("BF-003")
  @Test
  void aReloadGoesThroughAPollAndKeepsTheSession() throws IOException {
    Path config = write(bfd("10.0.0.", 1, ""));
    LabProcess ours = host1.start(Speaker.command("run", "-f", config.toString()));
    Keepalived theirs = theirs(bfd("10.0.0.", 2, "max_hops 100"));
    ours.awaitLine(UP, LIMIT);
    LabProcess wire = capture("src host 10.0.0.1");
    awaitPackets(wire, 10);

    String changed = bfd("10.0.0.", 1, "ttl 200").replace("min_tx 100", "min_tx 300");
    Files.writeString(config, changed);
    ours.signal("HUP");
    ours.awaitLine("Reloaded configuration", LIMIT);
    theirs.awaitLog("Detection time is 4500000 us \\(was 1500000 us\\)", LIMIT);
    wire.awaitLine("Poll", LIMIT);
    awaitPackets(wire, 3);
    List<BfdSighting> seen = BfdSighting.all(wire.lines());
    assertThat(seen).extracting(BfdSighting::hopLimit).contains(255, 200);
    assertThat(seen).extracting(BfdSighting::sourcePort).containsOnly(seen.getFirst().sourcePort());

    Files.writeString(config, "bfd_instance OTHER {\n neighbor_ip 10.0.0.9\n}\n");
    ours.signal("HUP");
    theirs.awaitLog("Entering Down state .*Neighbor Signaled Session Down", LIMIT);
    ours.awaitLine("Entering Down state .*Administratively Down", LIMIT);
    assertThat(theirs.process().text()).doesNotContain("Control Detection Time Expired");
    assertThat(ours.lines().stream().filter(line -> line.contains("Entering Down"))).hasSize(1);
  }

  /** Link-local addresses live on the interface of source_ip. */
  @Proves({"BF-009", "VR-063"})
  @Test
  void aNeighbourThatLeavesOnPurposeIsNoFault() throws IOException {
    LabProcess one = ours(host1, bfd("fe80::aa:", 1, "") + tracking(200, "WAN"));
    LabProcess two = ours(host2, bfd("fe80::aa:", 2, "passive"));
    one.awaitLine("\\(VI_1\\) Entering MASTER STATE", LIMIT);
    two.stop();
    one.awaitLine("Entering Down state .*neighbor fe80::aa:2 said AdminDown", LIMIT);
    LabProcess again = ours(host2, bfd("fe80::aa:", 2, "passive"));
    int before = one.lines().size();
    again.awaitLine(UP, LIMIT);
    assertThat(one.lines().stream().filter(line -> line.contains("Entering FAULT"))).hasSize(1);

    again.kill();
    one.awaitLine("\\(VI_1\\) Entering FAULT STATE .*bfd WAN is down", before, LIMIT);
  }

  @Test
  void aSourceAddressIsWaitedFor() throws IOException {
    host2.ip("addr del 10.0.0.2/24 dev eth0");
    LabProcess one = ours(host1, bfd("10.0.0.", 1, ""));
    LabProcess two = ours(host2, bfd("10.0.0.", 2, ""));
    two.awaitLine("\\(WAN\\) BFD session .* source_ip 10.0.0.2 is on no interface", LIMIT);
    host2.ip("addr add 10.0.0.2/24 dev eth0");
    two.awaitLine(UP, LIMIT);
    one.awaitLine(UP, LIMIT);
  }

  @Test
  void anotherDaemonIsToldOf() throws IOException {
    host2
        .start(
            "python3",
            "-c",
            """
            import socket, time
            taken = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            taken.bind(("", 3784))
            print("bound", flush=True)
            time.sleep(300)
            """)
        .awaitLine("bound", LIMIT);
    LabProcess late = ours(host2, bfd("10.0.0.", 2, ""));
    late.awaitLine("cannot run: no BFD socket: bind: EADDRINUSE.*another BFD daemon", LIMIT);
  }

  private LabProcess ours(LabHost host, String config) throws IOException {
    return host.start(Speaker.command("run", "-f", write(config).toString()));
  }

  private Path write(String config) throws IOException {
    return Files.writeString(Files.createTempFile(lab.directory(), "node", ".conf"), config);
  }

  /** keepalived starts BFD only beside VRRP. */
  private Keepalived theirs(String config) {
    return Keepalived.start(host2, Keepalived.Part.VRRP, config + tracking(100, "WAN"));
  }

  private static String bfd(String net, int us, String more) {
    return """
        bfd_instance WAN {
            source_ip %s%d
            neighbor_ip %s%d
            min_rx 100
            min_tx 100
            multiplier 15
            %s
        }
        """
        .formatted(net, us, net, 3 - us, more);
  }

  private static String tracking(int priority, String line) {
    return """
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id 51
            priority %d
            virtual_ipaddress {
                10.0.0.100/24
            }
            track_bfd {
                %s
            }
        }
        """
        .formatted(priority, line);
  }

  private LabProcess capture(String filter) {
    LabProcess wire =
        lan.host()
            .start(
                "sh",
                "-c",
                "tcpdump --immediate-mode -l -n -v -tt -i %s 'udp port 3784 and %s'"
                    .formatted(LabBridge.DEVICE, filter));
    wire.awaitLine("listening on", LIMIT);
    return wire;
  }

  /** Waits for so many more packets. */
  private static void awaitPackets(LabProcess wire, int more) {
    int before = wire.lines().size();
    Await.until(
        LIMIT, more + " more packets", () -> BfdSighting.all(wire.lines(before)).size() >= more);
  }

  private static List<Long> gapsMicros(List<BfdSighting> packets) {
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < packets.size(); i++) {
      gaps.add(packets.get(i).atMicros() - packets.get(i - 1).atMicros());
    }
    return gaps;
  }
}
