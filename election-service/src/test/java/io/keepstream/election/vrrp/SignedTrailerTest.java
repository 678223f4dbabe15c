package io.keepstream.election.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.testkit.Proves;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ours against ours: what one node signs, another believes once and in time. */
@Proves("VR-082")
class SignedTrailerTest {
  private static final Authentication NONE = new Authentication.None();
  private static final int WINDOW = 5;
  private static final InetAddress US = InetAddress.ofLiteral("192.0.2.1");
  private static final List<InetAddress> ADDRESSES = List.of(InetAddress.ofLiteral("192.0.2.100"));
  private static final Route ROUTE = new Route(US, Vrrp.GROUP_4);

  private Instant now = Instant.ofEpochSecond(1_800_000_000, 123_456_789);
  private Instant skewed = now;

  @Test
  void anAdvertIsBelievedOnce() {
    Protection sender = sender(signing(Signing.Mode.ENFORCE, 1, 1));
    Protection receiver = receiver(signing(Signing.Mode.ENFORCE, 1, 1));
    Packet first = advert(sender, 3);
    Packet second = advert(sender, 3);
    assertThat(reason(receiver, first)).isNull();
    assertThat(reason(receiver, second)).isNull();
    assertThat(reason(receiver, second)).isEqualTo(RejectReason.AUTH_EXT_REPLAY);
    assertThat(reason(receiver, first)).isEqualTo(RejectReason.AUTH_EXT_REPLAY);
  }

  @Test
  void bothVersionsAndBothFamilies() {
    Signing signing = signing(Signing.Mode.ENFORCE, 1, 1);
    assertThat(reason(receiver(signing), advert(sender(signing), 2))).isNull();
    Route route = new Route(InetAddress.ofLiteral("fe80::1"), Vrrp.GROUP_6);
    List<InetAddress> addresses = List.of(InetAddress.ofLiteral("fe80::100"));
    Packet packet = packet(sender(signing), 3, route, addresses);
    assertThat(reason(receiver(signing), packet, 3, addresses)).isNull();
  }

  @Test
  void everyByteIsSigned() {
    Protection sender = sender(signing(Signing.Mode.ENFORCE, 1, 1));
    Packet packet = advert(sender, 3);
    List<RejectReason> reasons = new ArrayList<>();
    for (int at = 0; at < packet.message().byteSize(); at++) {
      if (at == 6 || at == 7) {
        continue; // the checksum, which has its own reason
      }
      MemorySegment message = copy(packet.message());
      message.set(ValueLayout.JAVA_BYTE, at, (byte) (at == 2 ? 254 : 0xEE));
      Packet forged = new Packet(message, US, Vrrp.GROUP_4, Vrrp.HOP_LIMIT);
      reasons.add(reason(receiver(signing(Signing.Mode.ENFORCE, 1, 1)), forged));
    }
    assertThat(reasons)
        .doesNotContainNull()
        .contains(RejectReason.AUTH_EXT_MALFORMED, RejectReason.AUTH_EXT_UNKNOWN_KEY)
        .filteredOn(RejectReason.AUTH_EXT_INVALID_HMAC::equals)
        .hasSizeGreaterThan(30);
    Packet elsewhere =
        new Packet(packet.message(), InetAddress.ofLiteral("192.0.2.9"), Vrrp.GROUP_4, 255);
    assertThat(reason(receiver(signing(Signing.Mode.ENFORCE, 1, 1)), elsewhere))
        .isEqualTo(RejectReason.AUTH_EXT_INVALID_HMAC);
  }

  @Test
  void forgeriesDoNotMoveTheWindow() {
    Protection sender = sender(signing(Signing.Mode.ENFORCE, 1, 1));
    Protection receiver = receiver(signing(Signing.Mode.ENFORCE, 1, 1));
    Packet genuine = advert(sender, 3);
    MemorySegment forged = copy(genuine.message());
    forged.set(ValueLayout.JAVA_BYTE, 12 + 11, (byte) 0xFF);
    assertThat(reason(receiver, new Packet(forged, US, Vrrp.GROUP_4, Vrrp.HOP_LIMIT)))
        .isEqualTo(RejectReason.AUTH_EXT_INVALID_HMAC);
    assertThat(reason(receiver, genuine)).isNull();
  }

  @Test
  @Proves("FI-11")
  void aClockThatIsWrongIsStaleUntilItIsRight() {
    Protection sender = sender(signing(Signing.Mode.ENFORCE, 1, 1));
    Protection receiver = receiver(signing(Signing.Mode.ENFORCE, 1, 1));
    for (int seconds : new int[] {WINDOW, -WINDOW}) {
      skewed = now.plusSeconds(seconds);
      assertThat(
              reason(
                  receiver(signing(Signing.Mode.ENFORCE, 1, 1)),
                  advert(sender(signing(Signing.Mode.ENFORCE, 1, 1)), 3)))
          .as("%d s ahead", seconds)
          .isNull();
    }
    skewed = now.plus(Duration.ofHours(-1));
    assertThat(reason(receiver, advert(sender, 3))).isEqualTo(RejectReason.AUTH_EXT_STALE);
    skewed = now;
    assertThat(reason(receiver, advert(sender, 3))).isNull();
  }

  @Test
  @Proves("FI-11")
  void aClockThatGoesBackDoesNotRepeatItself() {
    Protection sender = sender(signing(Signing.Mode.ENFORCE, 1, 1));
    Protection receiver = receiver(signing(Signing.Mode.ENFORCE, 1, 1));
    assertThat(reason(receiver, advert(sender, 3))).isNull();
    skewed = now.minusSeconds(3);
    assertThat(reason(receiver, advert(sender, 3))).isNull();
    assertThat(reason(receiver, advert(sender, 3))).isNull();
  }

  @Test
  void monotonicAsksForOrderAlone() {
    Protection sender = sender(signing(Signing.Mode.ENFORCE, 1, 1));
    Protection receiver = receiver(new Signing(keys(1), 1, Signing.Mode.ENFORCE, 0));
    skewed = now.plus(Duration.ofDays(-1));
    Packet packet = advert(sender, 3);
    assertThat(reason(receiver, packet)).isNull();
    assertThat(reason(receiver, packet)).isEqualTo(RejectReason.AUTH_EXT_REPLAY);
  }

  @Test
  void theModesBringSigningToARunningCluster() {
    Protection unsigned = Protection.of(NONE, null, () -> now);
    Signing listening = signing(Signing.Mode.RECEIVE_ONLY, 1, 1);
    Signing permissive = signing(Signing.Mode.PERMISSIVE, 1, 1);
    Signing enforcing = signing(Signing.Mode.ENFORCE, 1, 1);
    assertThat(reason(receiver(listening), advert(unsigned, 3))).isNull();
    assertThat(reason(Protection.of(NONE, null, () -> now), advert(sender(listening), 3))).isNull();
    assertThat(reason(receiver(listening), advert(sender(permissive), 3))).isNull();
    assertThat(reason(receiver(permissive), advert(sender(listening), 3))).isNull();
    assertThat(reason(receiver(permissive), advert(sender(enforcing), 3))).isNull();
    assertThat(reason(receiver(enforcing), advert(sender(listening), 3)))
        .isEqualTo(RejectReason.AUTH_EXT_MISSING);
    assertThat(reason(unsigned, advert(sender(enforcing), 3)))
        .isEqualTo(RejectReason.PACKET_LENGTH);
  }

  @Test
  void aKeyIsReplacedWithoutAPauseAndWithoutAReplay() {
    Protection sender = sender(signing(Signing.Mode.ENFORCE, 1, 1));
    Protection receiver = receiver(signing(Signing.Mode.ENFORCE, 1, 1));
    Packet old = advert(sender, 3);
    assertThat(reason(receiver, old)).isNull();
    receiver = receiver.changedTo(NONE, signing(Signing.Mode.ENFORCE, 1, 1, 2), () -> now);
    assertThat(reason(receiver, old)).isEqualTo(RejectReason.AUTH_EXT_REPLAY);
    sender = sender.changedTo(NONE, signing(Signing.Mode.ENFORCE, 2, 1, 2), () -> skewed);
    assertThat(reason(receiver, advert(sender, 3))).isNull();
    receiver = receiver.changedTo(NONE, signing(Signing.Mode.ENFORCE, 2, 2), () -> now);
    assertThat(reason(receiver, advert(sender, 3))).isNull();
    assertThat(reason(receiver, old)).isEqualTo(RejectReason.AUTH_EXT_UNKNOWN_KEY);
  }

  @Test
  void nodesWithoutACommonKeyDoNotBelieveEachOther() {
    Signing other =
        new Signing(
            List.of(new Signing.Key(1, "another".repeat(5).getBytes(StandardCharsets.US_ASCII))),
            1,
            Signing.Mode.ENFORCE,
            WINDOW);
    assertThat(reason(receiver(other), advert(sender(signing(Signing.Mode.ENFORCE, 1, 1)), 3)))
        .isEqualTo(RejectReason.AUTH_EXT_INVALID_HMAC);
  }

  private static Signing signing(Signing.Mode mode, int active, int... ids) {
    return new Signing(keys(ids), active, mode, WINDOW);
  }

  private static List<Signing.Key> keys(int... ids) {
    List<Signing.Key> keys = new ArrayList<>();
    for (int id : ids) {
      byte[] secret = String.valueOf(id).repeat(32).getBytes(StandardCharsets.US_ASCII);
      keys.add(new Signing.Key(id, secret));
    }
    return keys;
  }

  private Protection sender(Signing signing) {
    return Protection.of(NONE, signing, () -> skewed);
  }

  private Protection receiver(Signing signing) {
    return Protection.of(NONE, signing, () -> now);
  }

  private static Packet advert(Protection sender, int version) {
    return packet(sender, version, ROUTE, ADDRESSES);
  }

  private static Packet packet(
      Protection sender, int version, Route route, List<InetAddress> addresses) {
    MemorySegment out = MemorySegment.ofArray(new byte[Vrrp.MAX_PACKET_BYTES]);
    Advertisement advertisement = new Advertisement(version, 51, 100, 100, addresses);
    int length = AdvertisementCodec.encode(advertisement, NONE, form(version), route, out);
    sender.nextAdvert();
    int sealed = sender.seal(route, out, 0, length);
    return new Packet(out.asSlice(0, sealed), route.source(), route.destination(), Vrrp.HOP_LIMIT);
  }

  private static ChecksumForm form(int version) {
    return version == 2 ? ChecksumForm.MESSAGE_ONLY : ChecksumForm.PSEUDO_HEADER;
  }

  private static MemorySegment copy(MemorySegment message) {
    return MemorySegment.ofArray(message.toArray(ValueLayout.JAVA_BYTE));
  }

  private static RejectReason reason(Protection protection, Packet packet) {
    int version = packet.message().get(ValueLayout.JAVA_BYTE, 0) >>> 4;
    return reason(protection, packet, version == 2 ? 2 : 3, ADDRESSES);
  }

  private static RejectReason reason(
      Protection protection, Packet packet, int version, List<InetAddress> addresses) {
    Receiver receiver =
        new Receiver(version, 51, 100, addresses, NONE, List.of(form(version)), List.of());
    return switch (AdvertisementCodec.decode(receiver, protection, packet)) {
      case Decoded.Accepted _ -> null;
      case Decoded.Rejected(RejectReason reason) -> reason;
    };
  }
}
