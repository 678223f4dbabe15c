package io.keepstream.election.vrrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.keepstream.testkit.Proves;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every recorded packet meets the receiver it was fed to; packets sent are rebuilt to the bit. */
class VectorTest {
  private static final Map<String, RejectReason> REFUSED_AS_WELL =
      Map.of(
          "v2-src-multicast", RejectReason.SOURCE,
          "ah-missing", RejectReason.AUTH_TYPE_MISMATCH,
          "ah-to-noauth", RejectReason.AUTH_TYPE_MISMATCH,
          "v6-bad-checksum", RejectReason.CHECKSUM,
          "v6-pdu-6", RejectReason.PACKET_LENGTH);

  private static final int IP_CHECKSUM_AT = 10;

  @Test
  void theCollectionIsWhole() {
    assertThat(Vector.all()).hasSize(162);
  }

  @TestFactory
  @Proves({"VR-011", "VR-015", "VR-021", "VR-022", "VR-026", "VR-082"})
  Stream<DynamicTest> capturedPacketsAreBelieved() {
    return Vector.all().stream()
        .filter(Vector::captured)
        .map(vector -> dynamicTest(vector.name(), () -> believed(vector)));
  }

  @TestFactory
  @Proves({"VR-011", "VR-022", "VR-082"})
  Stream<DynamicTest> capturedPacketsAreRebuilt() {
    return Vector.all().stream()
        .filter(Vector::captured)
        .map(vector -> dynamicTest(vector.name(), () -> rebuilt(vector)));
  }

  /** In the order of the file, since some receivers remember what came before. */
  @TestFactory
  @Proves({
    "VR-002", "VR-006", "VR-007", "VR-008", "VR-009", "VR-010", "VR-011", "VR-012", "VR-013",
    "VR-014", "VR-015", "VR-018", "VR-019", "VR-020", "VR-021", "VR-023", "VR-024", "VR-025",
    "VR-027", "VR-072"
  })
  List<DynamicTest> constructedPacketsEndAsExpected() {
    List<DynamicTest> tests = new ArrayList<>();
    Map<Authentication, Protection> protections = new HashMap<>();
    Receiver unicast = null;
    for (Vector vector : Vector.all()) {
      if (vector.captured()) {
        continue;
      }
      if (vector.headed() && !Vrrp.isHeaded(payload(vector))) {
        tests.add(dynamicTest(vector.name(), () -> uncounted(vector)));
        continue;
      }
      boolean isUnicast = vector.name().startsWith("uni-");
      Receiver receiver = isUnicast && unicast != null ? unicast : vector.receiver();
      Protection protection =
          protections.computeIfAbsent(receiver.authentication(), any -> vector.protection());
      Decoded decoded = AdvertisementCodec.decode(receiver, protection, vector.packet());
      if (isUnicast && decoded instanceof Decoded.Accepted accepted) {
        unicast = receiver.afterAccepting(accepted.form());
      }
      tests.add(dynamicTest(vector.name(), () -> check(vector, decoded)));
    }
    return tests;
  }

  private static MemorySegment payload(Vector vector) {
    return MemorySegment.ofArray(vector.ipPacket()).asSlice(Ipv4.HEADER_BYTES);
  }

  private static void uncounted(Vector vector) {
    assertThat(vector.expectedAction()).isEqualTo("drop");
    assertThat(vector.expectedCounter()).isEqualTo("none");
  }

  private static void believed(Vector vector) {
    assertThat(AdvertisementCodec.decode(vector.receiver(), vector.protection(), vector.packet()))
        .isInstanceOfSatisfying(
            Decoded.Accepted.class,
            accepted -> {
              assertThat(accepted.advertisement()).isEqualTo(vector.advertisement());
              assertThat(accepted.addressesDiffer()).isFalse();
            });
  }

  private static void rebuilt(Vector vector) {
    MemorySegment out = MemorySegment.ofArray(new byte[Vrrp.MAX_PACKET_BYTES]);
    Protection protection = vector.protection();
    int messageAt = vector.headed() ? Ipv4.HEADER_BYTES + protection.headerBytes() : 0;
    if (vector.headed()) {
      Ipv4.writeHeader(vector.route(), protection.protocol(), Vrrp.HOP_LIMIT, out);
    }
    int length =
        AdvertisementCodec.encode(
            vector.advertisement(),
            vector.authentication(),
            vector.form(),
            vector.route(),
            out.asSlice(messageAt));
    for (int advert = 0; advert < Math.max(1, vector.sequence()); advert++) {
      protection.nextAdvert();
    }
    int sealed = protection.seal(vector.route(), out, messageAt, messageAt + length);
    byte[] expected = vector.headed() ? vector.ipPacket() : vector.pdu();
    if (vector.headed()) { // the kernel writes this checksum
      expected[IP_CHECKSUM_AT] = 0;
      expected[IP_CHECKSUM_AT + 1] = 0;
    }
    assertThat(out.asSlice(0, sealed).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);
  }

  private static void check(Vector vector, Decoded decoded) {
    switch (vector.expectedAction()) {
      case "accept" ->
          assertThat(decoded)
              .isInstanceOfSatisfying(
                  Decoded.Accepted.class,
                  accepted ->
                      assertThat(accepted.addressesDiffer())
                          .isEqualTo(vector.expectedCounter().equals("addressListErrors")));
      case "drop" ->
          assertThat(decoded)
              .isInstanceOfSatisfying(
                  Decoded.Rejected.class,
                  rejected ->
                      assertThat(rejected.reason().counter()).isEqualTo(vector.expectedCounter()));
      case "not-delivered" -> filteredByTheKernel(vector, decoded);
      default -> throw new AssertionError("unknown expectation " + vector.expectedAction());
    }
  }

  /** Their message is well formed but for these; that none arrives is proved on the wire. */
  private static void filteredByTheKernel(Vector vector, Decoded decoded) {
    RejectReason reason = REFUSED_AS_WELL.get(vector.name());
    if (reason == null) {
      assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    } else {
      assertThat(decoded).isEqualTo(new Decoded.Rejected(reason));
    }
  }
}
