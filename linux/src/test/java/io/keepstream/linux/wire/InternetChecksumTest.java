package io.keepstream.linux.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class InternetChecksumTest {
  private static final int SEEDS = 500;

  @Test
  void exampleOfRfc1071() {
    assertThat(checksum("0001f203f4f5f6f7")).isEqualTo(0x220D);
  }

  @Test
  void vrrpVersion2() {
    assertThat(checksum("2133640100010000c00002640000000000000000")).isEqualTo(0xB865);
  }

  @Test
  void vrrpVersion3WithIpv4PseudoHeader() {
    MemorySegment message = segment("313d640100640000c000026e");
    long sum = InternetChecksum.add(0, 0xC000_0201L);
    sum = InternetChecksum.add(sum, 0xE000_0012L);
    sum += 112 + message.byteSize();
    sum = InternetChecksum.add(sum, message, 0, message.byteSize());
    assertThat(InternetChecksum.finish(sum)).isEqualTo(0x055E);
  }

  @Test
  void vrrpVersion3WithIpv6PseudoHeader() {
    MemorySegment message =
        segment(
            "31426402006400 00 fe80000000000000 0000005e00000266"
                + "20010db8000000000000000000000066");
    long sum = InternetChecksum.add(0, 0xFE80_0000_0000_0000L);
    sum = InternetChecksum.add(sum, 0x0000_00FF_FE00_0001L);
    sum = InternetChecksum.add(sum, 0xFF02_0000_0000_0000L);
    sum = InternetChecksum.add(sum, 0x12L);
    sum += 112 + message.byteSize();
    sum = InternetChecksum.add(sum, message, 0, message.byteSize());
    assertThat(InternetChecksum.finish(sum)).isEqualTo(0x3DC4);
  }

  @Test
  void nothingSumsToZero() {
    assertThat(InternetChecksum.finish(0)).isEqualTo(0xFFFF);
  }

  @Test
  void agreesWithTheNaiveSumHoweverTheRangeIsCut() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = bytes(random, random.nextInt(1500));
      MemorySegment segment = MemorySegment.ofArray(bytes);
      long cut = random.nextLong(bytes.length / 2 + 1) * 2;
      long sum = InternetChecksum.add(0, segment, 0, cut);
      sum = InternetChecksum.add(sum, segment, cut, bytes.length - cut);
      assertThat(InternetChecksum.finish(sum)).as("seed %d", seed).isEqualTo(naive(bytes));
    }
  }

  @Test
  void overDataWithItsChecksumIsZero() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = bytes(random, 2 + random.nextInt(200));
      MemorySegment segment = MemorySegment.ofArray(bytes);
      Bytes.putNetU16(segment, 0, 0);
      Bytes.putNetU16(segment, 0, naive(bytes));
      long sum = InternetChecksum.add(0, segment, 0, bytes.length);
      assertThat(InternetChecksum.finish(sum)).as("seed %d", seed).isZero();
    }
  }

  private static byte[] bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static int naive(byte[] bytes) {
    int sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      sum += (bytes[i] & 0xFF) << (i % 2 == 0 ? 8 : 0);
      sum = (sum & 0xFFFF) + (sum >> 16);
    }
    return ~sum & 0xFFFF;
  }

  private static int checksum(String hex) {
    MemorySegment segment = segment(hex);
    return InternetChecksum.finish(InternetChecksum.add(0, segment, 0, segment.byteSize()));
  }

  private static MemorySegment segment(String hex) {
    return MemorySegment.ofArray(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
