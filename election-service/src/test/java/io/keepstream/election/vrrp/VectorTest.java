package io.keepstream.election.vrrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every recorded packet meets the receiver it was fed to; packets sent are rebuilt to the bit. */
class VectorTest {
  private static final List<Vector> VECTORS =
      Vector.all().stream().filter(vector -> !vector.needsAuthenticationHeader()).toList();

  @Test
  void theCollectionIsWhole() {
    assertThat(Vector.all()).hasSize(162);
    assertThat(VECTORS).hasSizeGreaterThan(140);
  }

  @TestFactory
  Stream<DynamicTest> capturedPacketsAreBelieved() {
    return VECTORS.stream()
        .filter(Vector::captured)
        .map(vector -> dynamicTest(vector.name(), () -> believed(vector)));
  }

  @TestFactory
  Stream<DynamicTest> capturedPacketsAreRebuilt() {
    return VECTORS.stream()
        .filter(Vector::captured)
        .map(vector -> dynamicTest(vector.name(), () -> rebuilt(vector)));
  }

  @TestFactory
  List<DynamicTest> constructedPacketsEndAsExpected() {
    List<DynamicTest> tests = new ArrayList<>();
    Receiver unicast = null;
    for (Vector vector : VECTORS) {
      if (vector.captured()) {
        continue;
      }
      boolean isUnicast = vector.name().startsWith("uni-");
      Receiver receiver = isUnicast && unicast != null ? unicast : vector.receiver();
      Decoded decoded = AdvertisementCodec.decode(receiver, vector.packet());
      if (isUnicast && decoded instanceof Decoded.Accepted accepted) {
        unicast = receiver.afterAccepting(accepted.form());
      }
      tests.add(dynamicTest(vector.name(), () -> check(vector, decoded)));
    }
    return tests;
  }

  private static void believed(Vector vector) {
    assertThat(AdvertisementCodec.decode(vector.receiver(), vector.packet()))
        .isInstanceOfSatisfying(
            Decoded.Accepted.class,
            accepted -> {
              assertThat(accepted.advertisement()).isEqualTo(vector.advertisement());
              assertThat(accepted.addressesDiffer()).isFalse();
            });
  }

  private static void rebuilt(Vector vector) {
    MemorySegment out = MemorySegment.ofArray(new byte[Vrrp.MAX_PACKET_BYTES]);
    int length =
        AdvertisementCodec.encode(
            vector.advertisement(), vector.authentication(), vector.form(), vector.route(), out);
    assertThat(out.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(vector.pdu());
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
      case "not-delivered" -> assertThat(decoded).isNotNull();
      default -> throw new AssertionError("unknown expectation " + vector.expectedAction());
    }
  }
}
