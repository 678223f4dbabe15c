package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.keepstream.election.vrrp.Receiver;
import io.keepstream.election.vrrp.Vector;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.PacketSocket;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every recorded packet is sent as a frame from another host to running virtual routers, and their
 * counters say what became of it. Behind each packet goes a valid one, whose arrival shows that the
 * first has been dealt with.
 */
@KernelTest
class VectorsOnTheWireTest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String RECEIVED = "adverRcvd";
  private static final String CONFIG =
      """
      global_defs {
          vrrp_version 3
      }
      vrrp_instance V2 { version 2  interface eth0  virtual_router_id 51  priority 100
          virtual_ipaddress { 192.0.2.100 }
      }
      vrrp_instance PASS { version 2  interface eth0  virtual_router_id 52  priority 100
          authentication { auth_type PASS  auth_pass secret42 }
          virtual_ipaddress { 192.0.2.101  192.0.2.102 }
      }
      vrrp_instance AH { version 2  interface eth0  virtual_router_id 54  priority 100
          authentication { auth_type AH  auth_pass ahkey }
          virtual_ipaddress { 192.0.2.103 }
      }
      vrrp_instance V3 { interface eth0  virtual_router_id 61  priority 100
          virtual_ipaddress { 192.0.2.110 }
      }
      vrrp_instance UNICAST { interface eth0  virtual_router_id 64  priority 100  advert_int 0.5
          unicast_src_ip 192.0.2.1
          unicast_peer { 192.0.2.2 }
          check_unicast_src
          virtual_ipaddress { 192.0.2.112 }
      }
      vrrp_instance V6 { interface eth0  virtual_router_id 66  priority 100
          virtual_ipaddress { fe80::5e:0:266/64  2001:db8::66/64 }
      }
      """;

  /** keepalived has the kernel drop these, uncounted; we check IPv6 packets ourselves. */
  private static final Map<String, String> SEEN_BY_US =
      Map.of("v6-bad-checksum", "checksumErrors", "v6-pdu-6", "packetLengthErrors");

  private static final Libc LIBC = new ForeignLibc();
  private static NamespaceLab lab;
  private static LabElection engine;
  private static PacketSocket sender;
  private static int senderIndex;
  private static String receiverMac;

  @BeforeAll
  static void build() throws Exception {
    lab = NamespaceLab.create();
    LabBridge lan = lab.bridge("lan");
    LabHost router = lab.host("router").nic("eth0", lan, "192.0.2.1/24", "fe80::ff:fe00:1/64");
    LabHost stranger = lab.host("stranger").nic("eth0", lan, "192.0.2.2/24");
    receiverMac = router.run("cat", "/sys/class/net/eth0/address").text().strip();
    sender = stranger.inside(() -> PacketSocket.openSender(LIBC));
    senderIndex = stranger.inside(() -> LIBC.if_nametoindex("eth0"));
    engine = LabElection.start(router, CONFIG);
  }

  @AfterAll
  static void close() {
    sender.close();
    lab.close();
  }

  @TestFactory
  @Proves({
    "VR-002", "VR-006", "VR-007", "VR-009", "VR-010", "VR-012", "VR-013", "VR-014", "VR-018",
    "VR-019", "VR-020", "VR-023", "VR-024", "VR-025", "VR-026", "VR-027", "VR-072", "VR-079"
  })
  Stream<DynamicTest> everyPacketIsCountedForWhatItIs() {
    List<Vector> vectors =
        Vector.all().stream()
            .filter(vector -> !vector.captured())
            .filter(vector -> !vector.name().contains("rfc9568-receiver"))
            .toList();
    return vectors.stream()
        .map(vector -> dynamicTest(vector.name(), () -> inject(vector, marker(vector, vectors))));
  }

  private static void inject(Vector vector, Vector marker) throws Exception {
    String instance = instance(vector.receiver());
    String arrival = marker.expectedAction().equals("accept") ? RECEIVED : marker.expectedCounter();
    Map<String, Long> expected = new HashMap<>(engine.counters(instance));
    send(vector);
    send(marker);
    expected.merge(arrival, 1L, Long::sum);
    if (vector.expectedAction().equals("accept")) {
      expected.merge(RECEIVED, 1L, Long::sum);
    }
    String counter = SEEN_BY_US.getOrDefault(vector.name(), vector.expectedCounter());
    if (!counter.equals("none")) {
      expected.merge(counter, 1L, Long::sum);
    }
    long arrived = expected.get(arrival);
    Await.until(
        LIMIT,
        "the packet behind arrives",
        () -> engine.counters(instance).get(arrival) >= arrived);
    Map<String, Long> after = new HashMap<>(engine.counters(instance));
    for (Map<String, Long> each : List.of(expected, after)) {
      each.remove("priorityZeroRcvd");
      each.keySet().removeIf(name -> name.endsWith("Sent") || name.equals("adverUnsent"));
    }
    assertThat(after).isEqualTo(expected);
  }

  /**
   * A valid packet for the same router; after the old unicast form only that form is valid. With
   * authentication headers a valid packet would change what is valid next, so it is one that is
   * refused for its TTL.
   */
  private static Vector marker(Vector vector, List<Vector> vectors) {
    String name =
        switch (instance(vector.receiver())) {
          case "V2" -> "v2-ok";
          case "PASS" -> "pass-ok";
          case "AH" -> "ah-ttl-64";
          case "V3" -> "v3-ok";
          case "V6" -> "v6-ok";
          default ->
              vector.name().equals("uni-after-compat-new")
                      || vector.name().equals("uni-checksum-mcast-old")
                  ? "uni-checksum-mcast-old"
                  : "uni-ok";
        };
    return vectors.stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
  }

  private static String instance(Receiver receiver) {
    return switch (receiver.vrid()) {
      case 51 -> "V2";
      case 52 -> "PASS";
      case 54 -> "AH";
      case 61 -> "V3";
      case 64 -> "UNICAST";
      case 66 -> "V6";
      default -> throw new IllegalArgumentException("nobody has VRID " + receiver.vrid());
    };
  }

  private static void send(Vector vector) {
    byte[] bytes = vector.frame(receiverMac);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment frame = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      assertThat(sender.send(senderIndex, frame, bytes.length)).isEqualTo(bytes.length);
    }
  }
}
