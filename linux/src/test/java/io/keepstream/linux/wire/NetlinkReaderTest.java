package io.keepstream.linux.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class NetlinkReaderTest {
  private static final String HEADER = "1400 0500 05000000 09000000";

  @Test
  void readsBackWhatWasWritten() throws Exception {
    MemorySegment buffer = MemorySegment.ofArray(new byte[256]);
    NetlinkReader reader = read(buffer, write(buffer));

    assertThat(reader.next()).isTrue();
    assertThat(reader.type()).isEqualTo(20);
    assertThat(reader.flags()).isEqualTo(5);
    assertThat(reader.sequence()).isEqualTo(7);
    assertThat(reader.portId()).isZero();
    assertThat(reader.u8(0)).isEqualTo(200);
    assertThat(reader.u16(2)).isEqualTo(0xFFFE);
    assertThat(reader.int32(4)).isEqualTo(-2);

    AttributeReader attributes = reader.attributes(8);
    assertThat(next(attributes).u8()).isEqualTo(255);
    assertThat(next(attributes).u16()).isEqualTo(0xFFFF);
    assertThat(next(attributes).u32()).isEqualTo(0xFFFF_FFFFL);
    assertThat(next(attributes).netU16()).isEqualTo(80);
    assertThat(next(attributes).netU32()).isEqualTo(0xC000_0201L);
    assertThat(next(attributes).string()).isEqualTo("eth0");
    assertThat(next(attributes).address().getHostAddress()).isEqualTo("192.0.2.1");
    assertThat(next(attributes).address().getHostAddress()).isEqualTo("2001:db8:0:0:0:0:0:1");
    assertThat(next(attributes).mac()).hasToString("02:00:00:00:00:01");
    AttributeReader nested = next(attributes).nested();
    assertThat(next(nested).int32()).isEqualTo(-1);
    assertThat(nested.next()).isFalse();
    assertThat(attributes.next()).isFalse();
    assertThat(attributes.error()).isEmpty();

    assertThat(reader.next()).isTrue();
    assertThat(reader.sequence()).isEqualTo(8);
    assertThat(reader.next()).isFalse();
    assertThat(reader.error()).isEmpty();
  }

  private static long write(MemorySegment buffer) {
    NetlinkWriter writer = new NetlinkWriter(buffer);
    NetlinkMessage message =
        new NetlinkMessage(
            20,
            5,
            body ->
                body.putU8(200)
                    .putU8(0)
                    .putU16(0xFFFE)
                    .putU32(-2)
                    .attrU8(1, 255)
                    .attrU16(2, 0xFFFF)
                    .attrU32(3, 0xFFFF_FFFFL)
                    .attrNetU16(4, 80)
                    .attrNetU32(5, 0xC000_0201L)
                    .attrString(6, "eth0")
                    .attrBytes(7, bytes("c0000201"))
                    .attrBytes(8, bytes("20010db8000000000000000000000001"))
                    .attrBytes(9, bytes("020000000001"))
                    .nested(10, inner -> inner.attrU32(1, -1)));
    writer.message(message, 7);
    writer.message(new NetlinkMessage(3, 0, body -> {}), 8);
    return writer.length();
  }

  @Test
  void anEmptyDatagramHasNoMessages() {
    NetlinkReader reader = new NetlinkReader(MemorySegment.ofArray(new byte[64])).reset(0);
    assertThat(reader.next()).isFalse();
    assertThat(reader.error()).isEmpty();
  }

  @Test
  void aMessageShorterThanItsHeaderEndsTheDatagram() {
    assertMalformed("00000000" + HEADER, "message length 0 with 16 bytes left");
    assertMalformed("0f000000" + HEADER, "message length 15 with 16 bytes left");
    assertMalformed("10000000", "message length 0 with 4 bytes left");
  }

  @Test
  void aMessageLongerThanTheDatagramEndsIt() {
    assertMalformed("11000000" + HEADER, "message length 17 with 16 bytes left");
    assertMalformed("ffffffff" + HEADER, "message length 4294967295 with 16 bytes left");
  }

  private static void assertMalformed(String hex, String error) {
    NetlinkReader reader = reader(hex);
    assertThat(reader.next()).isFalse();
    assertThat(reader.next()).isFalse();
    assertThat(reader.error()).hasValue(error);
  }

  @Test
  void anAttributeWhoseLengthMakesNoSenseEndsTheAttributes() {
    assertMalformedAttribute("0000 0100 00000000", "attribute length 0 with 8 bytes left");
    assertMalformedAttribute("0300 0100 00000000", "attribute length 3 with 8 bytes left");
    assertMalformedAttribute("0900 0100 00000000", "attribute length 9 with 8 bytes left");
    assertMalformedAttribute("ffff 0100 00000000", "attribute length 65535 with 8 bytes left");
  }

  private static void assertMalformedAttribute(String hex, String error) {
    NetlinkReader reader = reader("18000000" + HEADER + hex);
    assertThat(reader.next()).isTrue();
    AttributeReader attributes = reader.attributes(0);
    assertThat(attributes.next()).isFalse();
    assertThat(attributes.next()).isFalse();
    assertThat(attributes.error()).hasValue(error);
    assertThat(reader.error()).hasValue(error);
    assertThat(reader.next()).isFalse();
  }

  @Test
  void aNestedAttributeWithoutSenseIsAnErrorOfAllAboveIt() {
    NetlinkReader reader = reader("18000000" + HEADER + "0800 0100 0200 0100");
    reader.next();
    AttributeReader attributes = reader.attributes(0);
    attributes.next();
    assertThat(attributes.nested().next()).isFalse();
    assertThat(attributes.error()).hasValue("attribute length 2 with 4 bytes left");
    assertThat(reader.error()).isEqualTo(attributes.error());
  }

  @Test
  void aValueOfTheWrongSizeReadsAsZeroAndIsRemembered() {
    NetlinkReader reader = reader("18000000" + HEADER + "0600 0100 ffff 0000");
    reader.next();
    AttributeReader attributes = reader.attributes(0);
    attributes.next();
    assertThat(attributes.u32()).isZero();
    assertThat(attributes.address().isAnyLocalAddress()).isTrue();
    assertThat(attributes.mac()).isEqualTo(MacAddress.ZERO);
    assertThat(attributes.next()).isFalse();
    assertThat(attributes.error()).hasValue("attribute 1 has 2 bytes, expected 4");
  }

  @Test
  void aStructureThatIsNotWholeReadsAsZeroAndIsRemembered() {
    NetlinkReader reader = reader("12000000" + HEADER + "ffff 0000");
    reader.next();
    assertThat(reader.u16(0)).isEqualTo(0xFFFF);
    assertThat(reader.int32(0)).isZero();
    assertThat(reader.error()).hasValue("2 bytes, expected 4");
    AttributeReader attributes = reader.attributes(8);
    assertThat(attributes.next()).isFalse();
    assertThat(attributes.error()).hasValue("2 bytes, expected 8");
  }

  @Test
  void textEndsAtItsFirstNulOrWithTheAttribute() {
    NetlinkReader reader =
        reader("20000000" + HEADER + "0700 0100 61 00 62 00" + "0600 0100 6364 0000");
    reader.next();
    AttributeReader attributes = reader.attributes(0);
    assertThat(next(attributes).string()).isEqualTo("a");
    assertThat(next(attributes).string()).isEqualTo("cd");
  }

  @Test
  void noBytesMakeItThrowOrLoop() {
    for (long seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = new byte[256];
      int length = spoil(bytes, random);
      NetlinkReader reader = read(MemorySegment.ofArray(bytes), length);
      int steps = 0;
      while (reader.next()) {
        reader.u8(3);
        reader.int32(7);
        steps += 1 + visit(reader.attributes(random.nextInt(32)), random);
        assertThat(steps).as("seed %d", seed).isLessThanOrEqualTo(length);
      }
    }
  }

  private static int spoil(byte[] bytes, SplittableRandom random) {
    int length = (int) write(MemorySegment.ofArray(bytes));
    if (random.nextBoolean()) {
      random.nextBytes(bytes);
      length = random.nextInt(bytes.length);
    }
    for (int i = random.nextInt(12); i > 0; i--) {
      bytes[random.nextInt(length + 1)] = (byte) (random.nextBoolean() ? 0 : random.nextInt());
    }
    return length;
  }

  private static int visit(AttributeReader attributes, SplittableRandom random) {
    int steps = 0;
    while (attributes.next()) {
      steps++;
      switch (random.nextInt(8)) {
        case 0 -> attributes.u8();
        case 1 -> attributes.u64();
        case 2 -> attributes.u32(random.nextInt(16));
        case 3 -> attributes.string();
        case 4 -> attributes.address();
        case 5 -> attributes.mac();
        default -> steps += visit(attributes.nested(), random);
      }
    }
    return steps;
  }

  private static AttributeReader next(AttributeReader attributes) {
    assertThat(attributes.next()).isTrue();
    return attributes;
  }

  private static NetlinkReader reader(String hex) {
    byte[] bytes = bytes(hex);
    return read(MemorySegment.ofArray(bytes), bytes.length);
  }

  private static NetlinkReader read(MemorySegment buffer, long length) {
    return new NetlinkReader(buffer).reset(length);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
