package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.wire.MacAddress;
import io.keepstream.linux.wire.RtNetlink;
import org.junit.jupiter.api.Test;

final class LinkMessagesTest {
  private static final String HEADER = "00 00 0100 07000000 43100100 00000000";
  private static final String NAME = "0c00 0300 767272702e353100";

  @Test
  void readsALinkWithEverything() {
    Link link =
        LinkMessages.decode(
                Messages.single(
                    "1000",
                    "0000",
                    HEADER
                        + NAME
                        + "0a00 0100 00005e000133 0000"
                        + "0800 0400 dc050000"
                        + "0800 0500 02000000"
                        + "0800 0a00 09000000"
                        + "0500 1000 06 000000"
                        + "1000 1200 0c00 0100 6d6163766c616e00"
                        + "0800 2700 00000000"))
            .orElseThrow();
    assertThat(link)
        .isEqualTo(
            new Link(
                7,
                "vrrp.51",
                "macvlan",
                1,
                MacAddress.parse("00:00:5e:00:01:33"),
                0x11043,
                1500,
                RtNetlink.IF_OPER_UP,
                2,
                9));
    assertThat(link.up()).isTrue();
    assertThat(link.running()).isTrue();
    assertThat(link.usable()).isTrue();
    assertThat(link.noArp()).isFalse();
  }

  @Test
  void aLinkWithoutCarrierIsNotUsable() {
    Link link =
        LinkMessages.decode(
                Messages.single("1000", "0000", "00 00 0100 07000000 01000000 00000000" + NAME))
            .orElseThrow();
    assertThat(link.up()).isTrue();
    assertThat(link.usable()).isFalse();
  }

  @Test
  void aPortTakenOffABridgeIsNoLinkRemoved() {
    String bridgeFamily = "07" + HEADER.substring(2);
    assertThat(LinkMessages.decode(Messages.single("1100", "0000", bridgeFamily + NAME))).isEmpty();
    assertThat(RouteMonitor.decode(Messages.single("1100", "0000", HEADER + NAME)))
        .get()
        .isInstanceOf(RouteChange.LinkRemoved.class)
        .extracting(RouteChange::portId)
        .isEqualTo(9);
  }

  @Test
  void whatIsNoLinkIsPassedOver() {
    assertThat(LinkMessages.decode(Messages.single("1400", "0000", HEADER + NAME))).isEmpty();
    assertThat(LinkMessages.decode(Messages.single("1000", "0000", HEADER))).isEmpty();
    assertThat(LinkMessages.decode(Messages.single("1000", "0000", "0000"))).isEmpty();
    assertThat(
            LinkMessages.decode(
                Messages.single("1000", "0000", HEADER + NAME + "0600 0400 dc050000")))
        .isEmpty();
    assertThat(RouteMonitor.decode(Messages.single("1800", "0000", HEADER))).isEmpty();
  }
}
