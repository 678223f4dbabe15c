package io.keepstream.linux.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The golden bytes are those of a little-endian machine, as x86_64 and aarch64 are. */
final class NetlinkWriterTest {
  private final MemorySegment buffer = MemorySegment.ofArray(new byte[256]).fill((byte) 0xAA);
  private final NetlinkWriter writer = new NetlinkWriter(buffer);

  @Test
  void writesHeaderStructureAndPaddedAttributes() {
    writer.message(
        new NetlinkMessage(
            RtNetlink.RTM_NEWADDR,
            Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK,
            body ->
                body.putU8(2)
                    .putU8(24)
                    .putU8(0)
                    .putU8(0)
                    .putU32(7)
                    .attrBytes(RtNetlink.IFA_LOCAL, new byte[] {(byte) 192, 0, 2, 1})
                    .attrString(RtNetlink.IFA_LABEL, "eth0")
                    .attrU8(RtNetlink.IFA_PROTO, 18)),
        5);
    assertThat(written())
        .isEqualTo(
            hex(
                "34000000 1400 0500 05000000 00000000",
                "02 18 00 00 07000000",
                "0800 0200 c0000201",
                "0900 0300 6574683000 000000",
                "0500 0b00 12 000000"));
  }

  @Test
  void writesNestedAttributesWithTheirLength() {
    writer.nested(
        RtNetlink.IFLA_LINKINFO,
        info ->
            info.attrString(RtNetlink.IFLA_INFO_KIND, "macvlan")
                .nested(2, data -> data.attrU32(1, 1)));
    assertThat(written())
        .isEqualTo(hex("1c00 1280", "0c00 0100 6d6163766c616e00", "0c00 0280 0800 0100 01000000"));
  }

  @Test
  void writesNumbersInTheOrderTheirNameSays() {
    writer.attrU16(1, 0x0102).attrNetU16(2, 0x0102).attrU32(3, 0x01020304L).attrNetU32(4, 0xFFFFL);
    assertThat(written())
        .isEqualTo(
            hex("0600 0100 0201 0000", "0600 0200 0102 0000", "0800 0300 04030201")
                + hex("0800 0400 0000ffff"));
  }

  @Test
  void putsSeveralMessagesOneAfterTheOther() {
    NetlinkMessage message = new NetlinkMessage(17, 1, body -> body.putU8(7));
    writer.message(message, 1);
    writer.message(message, 2);
    assertThat(written())
        .isEqualTo(
            hex("11000000 1100 0100 01000000 00000000 07 000000")
                + hex("11000000 1100 0100 02000000 00000000 07 000000"));
  }

  @Test
  void startsAgainAfterClear() {
    writer.putU32(1);
    writer.clear();
    assertThat(writer.length()).isZero();
    assertThat(writer.remaining()).isEqualTo(256);
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> writer.attrBytes(1, new byte[253]))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesAnAttributeLongerThanItsLengthFieldCanSay() {
    NetlinkWriter large = new NetlinkWriter(MemorySegment.ofArray(new byte[1 << 17]));
    assertThatThrownBy(() -> large.attrBytes(1, new byte[0xFFFC]))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessage("attribute 1 has 65536 bytes");
  }

  private String written() {
    byte[] bytes = buffer.asSlice(0, writer.length()).toArray(ValueLayout.JAVA_BYTE);
    return HexFormat.of().formatHex(bytes);
  }

  private static String hex(String... parts) {
    return String.join("", parts).replace(" ", "");
  }
}
