package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.keepstream.election.vrrp.Authentication;
import io.keepstream.election.vrrp.ChecksumForm;
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
import java.math.BigDecimal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What keepalived and FRR have sent is believed by a router configured like its sender. */
@KernelTest
class CapturesOnTheWireTest {
  private static final Libc LIBC = new ForeignLibc();

  /** Version 2 over IPv6 is keepalived's own; no configuration asks us for it. */
  private static final String PRIVATE = "cap-v2-over-ipv6";

  private static NamespaceLab lab;
  private static LabHost router;
  private static PacketSocket sender;
  private static int senderIndex;
  private static String routerMac;

  @BeforeAll
  static void build() {
    lab = NamespaceLab.create();
    LabBridge lan = lab.bridge("lan");
    router = lab.host("router").nic("eth0", lan, "192.0.2.2/24", "192.0.2.3/24", "2001:db8::2/64");
    LabHost stranger = lab.host("stranger").nic("eth0", lan, "192.0.2.9/24");
    routerMac = router.run("cat", "/sys/class/net/eth0/address").text().strip();
    sender = lab.own(stranger.inside(() -> PacketSocket.openSender(LIBC)));
    senderIndex = stranger.inside(() -> LIBC.if_nametoindex("eth0"));
  }

  @AfterAll
  static void close() {
    lab.close();
  }

  @TestFactory
  @Proves({"VR-011", "VR-015", "VR-021", "VR-022", "VR-026", "VR-082"})
  Stream<DynamicTest> captures() {
    return Vector.all().stream()
        .filter(Vector::captured)
        .filter(vector -> !vector.name().equals(PRIVATE))
        .map(vector -> dynamicTest(vector.name(), () -> believed(vector)));
  }

  private static void believed(Vector vector) {
    try (LabElection election = LabElection.start(router, config(vector))) {
      send(vector);
      Await.until(
          LabElection.LIMIT,
          "the packet is believed; " + election.counters("VI_1"),
          () -> election.counter("VI_1", "adverRcvd") > 0);
      assertThat(election.counters("VI_1"))
          .allSatisfy(
              (name, value) -> {
                if (name.endsWith("Errors") || name.startsWith("auth")) {
                  assertThat(value).as(name).isZero();
                }
              })
          .containsEntry("adverRcvd", 1L);
    }
  }

  /** The sender's own configuration, but for the priority and the window of its clock. */
  private static String config(Vector vector) {
    Receiver sent = vector.receiver();
    String addresses =
        sent.addresses().stream()
            .map(InetAddress::getHostAddress)
            .collect(Collectors.joining("\n"));
    String unicast =
        vector.destination().isMulticastAddress()
            ? ""
            : "unicast_src_ip %s\nunicast_peer {\n%s\n}\n"
                .formatted(vector.destination().getHostAddress(), vector.source().getHostAddress());
    return """
    vrrp_instance VI_1 {
    interface eth0
    virtual_router_id %d
    version %d
    advert_int %s
    priority 1
    %s
    virtual_ipaddress {
    %s
    }
    }
    """
        .formatted(
            sent.vrid(),
            sent.version(),
            BigDecimal.valueOf(sent.intervalCentis(), 2),
            unicast + form(sent) + authentication(vector, sent),
            addresses);
  }

  private static String form(Receiver sent) {
    ChecksumForm form = sent.forms().getFirst();
    if (sent.version() == 2 || sent.addresses().getFirst() instanceof Inet6Address) {
      return "";
    }
    return form == ChecksumForm.OLD_UNICAST
        ? "old_unicast_checksum\n"
        : "v3_checksum " + form.label() + "\n";
  }

  private static String authentication(Vector vector, Receiver sent) {
    String password = vector.json().path("auth").path("password").asText();
    return switch (sent.authentication()) {
      case Authentication.None _ -> signing(vector);
      case Authentication.Password _ -> authentication("PASS", password);
      case Authentication.Header _ -> authentication("AH", password);
    };
  }

  private static String authentication(String type, String password) {
    return "authentication {\nauth_type %s\nauth_pass %s\n}\n".formatted(type, password);
  }

  private static String signing(Vector vector) {
    return vector.json().path("auth").has("keyId")
        ? """
        auth_hmac {
        key 7 0123456789abcdef0123456789abcdef
        active_key 7
        anti_replay monotonic
        }
        """
        : "";
  }

  private static void send(Vector vector) {
    byte[] bytes = vector.frame(routerMac);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment frame = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      assertThat(sender.send(senderIndex, frame, bytes.length)).isEqualTo(bytes.length);
    }
  }
}
