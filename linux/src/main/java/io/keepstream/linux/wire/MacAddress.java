package io.keepstream.linux.wire;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/**
 * A 48 bit link-layer address.
 *
 * @param bits the address as a number, first byte on the wire in bits 47 to 40
 */
public record MacAddress(long bits) {
  public static final int LENGTH = 6;
  public static final MacAddress ZERO = new MacAddress(0);
  public static final MacAddress BROADCAST = new MacAddress(0xFFFF_FFFF_FFFFL);

  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

  public MacAddress {
    if (bits >>> 48 != 0) {
      throw new IllegalArgumentException("more than 48 bits: " + Long.toHexString(bits));
    }
  }

  /**
   * Reads six pairs of hexadecimal digits.
   *
   * @throws IllegalArgumentException if {@code text} is anything but {@code 00:00:5e:00:01:33}
   */
  public static MacAddress parse(String text) {
    byte[] bytes = COLONS.parseHex(text);
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("not six bytes: " + text);
    }
    return read(MemorySegment.ofArray(bytes), 0);
  }

  public static MacAddress read(MemorySegment segment, long offset) {
    long high = Bytes.netU16(segment, offset);
    return new MacAddress(high << Integer.SIZE | Bytes.netU32(segment, offset + Short.BYTES));
  }

  public void write(MemorySegment segment, long offset) {
    Bytes.putNetU16(segment, offset, (int) (bits >>> Integer.SIZE));
    Bytes.putNetU32(segment, offset + Short.BYTES, bits);
  }

  @Override
  public String toString() {
    byte[] bytes = new byte[LENGTH];
    write(MemorySegment.ofArray(bytes), 0);
    return COLONS.formatHex(bytes);
  }
}
