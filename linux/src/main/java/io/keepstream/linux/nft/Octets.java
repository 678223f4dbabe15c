package io.keepstream.linux.nft;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that do not change: what is in a register, the key of an element. */
public final class Octets {
  /** Keys of several parts have each at a multiple of four. */
  private static final int PART_BYTES = 4;

  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Octets of(byte... bytes) {
    return new Octets(bytes.clone());
  }

  public static Octets of(InetAddress address) {
    return new Octets(address.getAddress());
  }

  /** One byte. */
  public static Octets u8(int value) {
    return new Octets(new byte[] {(byte) value});
  }

  /** Two bytes in network order, as a port. */
  public static Octets net16(int value) {
    return new Octets(ByteBuffer.allocate(Short.BYTES).putShort((short) value).array());
  }

  /** Four bytes in this machine's order, as a firewall mark. */
  public static Octets host32(long value) {
    return new Octets(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.nativeOrder())
            .putInt((int) value)
            .array());
  }

  /** The first {@code length} bits of an address' bytes, the others zero. */
  public static Octets prefix(int length, int bytes) {
    byte[] mask = new byte[bytes];
    for (int bit = 0; bit < length; bit++) {
      mask[bit / Byte.SIZE] |= (byte) (0x80 >>> bit % Byte.SIZE);
    }
    return new Octets(mask);
  }

  /** A key of several parts. */
  public static Octets key(Octets... parts) {
    if (parts.length == 1) {
      return parts[0];
    }
    ByteBuffer key =
        ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> padded(part.length())).sum());
    for (Octets part : parts) {
      key.put(Arrays.copyOf(part.bytes, padded(part.length())));
    }
    return new Octets(key.array());
  }

  public int length() {
    return bytes.length;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** How many bytes a part takes in a key of several. */
  static int padded(int length) {
    return (length + PART_BYTES - 1) / PART_BYTES * PART_BYTES;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
