package io.keepstream.election.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.wire.MacAddress;
import io.keepstream.testkit.Proves;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The frames keepalived was seen to send. */
class AnnouncementsTest {
  @Test
  void gratuitousArp() {
    assertThat(frame("192.0.2.100", "02:00:00:00:00:01", false))
        .isEqualTo(
            "ffffffffffff0200000000010806"
                + "00010800060400010200000000" // to the sender's address
                + "01c0000264ffffffffffffc0000264");
  }

  @Test
  @Proves("VR-057")
  void unsolicitedNeighbourAdvertisement() {
    String vip = "fe800000000000000000000000000072";
    assertThat(frame("fe80::72", "00:00:5e:00:02:48", false))
        .isEqualTo(
            "333300000001"
                + "00005e00024886dd"
                + "6000000000203aff"
                + vip
                + "ff020000000000000000000000000001"
                + "8800f87120000000"
                + vip
                + "020100005e000248");
  }

  @Test
  @Proves("VR-057")
  void aRouterSaysSo() {
    String host = frame("fe80::72", "00:00:5e:00:02:48", false);
    String router = frame("fe80::72", "00:00:5e:00:02:48", true);
    assertThat(host.substring(116, 124)).isEqualTo("20000000");
    assertThat(router.substring(116, 124)).isEqualTo("a0000000");
  }

  private static String frame(String address, String mac, boolean router) {
    MemorySegment out = MemorySegment.ofArray(new byte[Announcements.MAX_FRAME_BYTES]);
    int length =
        Announcements.write(InetAddress.ofLiteral(address), MacAddress.parse(mac), router, out);
    return HexFormat.of().formatHex(out.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
  }
}
