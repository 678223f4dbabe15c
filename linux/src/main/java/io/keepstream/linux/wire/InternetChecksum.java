package io.keepstream.linux.wire;

import java.lang.foreign.MemorySegment;

/**
 * The one's complement checksum of RFC 1071, as a sum that is started at 0, added to range by range
 * and finished once. A pseudo header is added as numbers:
 *
 * <pre>{@code
 * long sum = InternetChecksum.add(0, source);   // 4 or 8 bytes each
 * sum = InternetChecksum.add(sum, destination);
 * sum += protocol + length;
 * int checksum = InternetChecksum.finish(InternetChecksum.add(sum, packet, 0, length));
 * }</pre>
 */
public final class InternetChecksum {
  private InternetChecksum() {}

  /** Adds a range of bytes; only the last range of a sum may have an odd length. */
  public static long add(long sum, MemorySegment segment, long offset, long length) {
    long total = sum;
    long at = offset;
    long end = offset + length;
    for (; end - at >= Integer.BYTES; at += Integer.BYTES) {
      total += Bytes.netU32(segment, at);
    }
    if (end - at >= Short.BYTES) {
      total += Bytes.netU16(segment, at);
      at += Short.BYTES;
    }
    return at < end ? total + (Bytes.u8(segment, at) << Byte.SIZE) : total;
  }

  /** Adds eight bytes, or fewer with leading zeros, given as a big-endian number. */
  public static long add(long sum, long bytes) {
    return sum + (bytes >>> Integer.SIZE) + (bytes & 0xFFFF_FFFFL);
  }

  /**
   * The checksum to write, 0 to 65535. Over data that already holds its checksum the result is 0
   * exactly when that checksum is right.
   */
  public static int finish(long sum) {
    long folded = sum;
    while (folded >>> Short.SIZE != 0) {
      folded = (folded & 0xFFFF) + (folded >>> Short.SIZE);
    }
    return (int) (~folded & 0xFFFF);
  }
}
