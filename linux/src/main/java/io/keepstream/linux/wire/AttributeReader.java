package io.keepstream.linux.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Goes through netlink attributes. Nothing in the bytes can make it throw or loop: an attribute
 * whose length makes no sense ends the iteration, a value of the wrong size reads as 0, empty or
 * the wildcard address, and the first such thing is remembered here and by the reader above.
 */
public final class AttributeReader {
  private final MemorySegment buffer;
  private final long end;
  private final Consumer<String> above;
  private long next;
  private int type;
  private long payload;
  private long payloadEnd;
  private String error;

  AttributeReader(MemorySegment buffer, long start, long end, Consumer<String> above) {
    this.buffer = buffer;
    this.next = start;
    this.end = end;
    this.above = above;
  }

  /** Goes through attributes that stand by themselves, as a copy of {@link #bytes()}. */
  public static AttributeReader of(byte[] attributes) {
    return new AttributeReader(MemorySegment.ofArray(attributes), 0, attributes.length, text -> {});
  }

  /** Moves to the next attribute; false at the end and once something made no sense. */
  public boolean next() {
    long left = end - next;
    if (left <= 0 || error != null) {
      return false;
    }
    int length = left < Netlink.NLA_HDRLEN ? 0 : Bytes.hostU16(buffer, next);
    if (length < Netlink.NLA_HDRLEN || length > left) {
      fail("attribute length " + length + " with " + left + " bytes left");
      return false;
    }
    type = Bytes.hostU16(buffer, next + Short.BYTES) & Netlink.NLA_TYPE_MASK;
    payload = next + Netlink.NLA_HDRLEN;
    payloadEnd = next + length;
    next += Bytes.align(length, Netlink.ALIGN_TO);
    return true;
  }

  /** The attribute's type without its flag bits. */
  public int type() {
    return type;
  }

  public int length() {
    return (int) (payloadEnd - payload);
  }

  public int u8() {
    return has(Byte.BYTES) ? Bytes.u8(buffer, payload) : 0;
  }

  public int u16() {
    return has(Short.BYTES) ? Bytes.hostU16(buffer, payload) : 0;
  }

  public long u32() {
    return has(Integer.BYTES) ? Bytes.hostU32(buffer, payload) : 0;
  }

  public int int32() {
    return (int) u32();
  }

  public long u64() {
    return has(Long.BYTES) ? buffer.get(Bytes.HOST_LONG, payload) : 0;
  }

  public int netU16() {
    return has(Short.BYTES) ? Bytes.netU16(buffer, payload) : 0;
  }

  public long netU32() {
    return has(Integer.BYTES) ? Bytes.netU32(buffer, payload) : 0;
  }

  public long netU64() {
    return has(Long.BYTES) ? buffer.get(Bytes.NET_LONG, payload) : 0;
  }

  /** The text up to the first NUL or the end. */
  public String string() {
    byte[] bytes = bytes();
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  public byte[] bytes() {
    byte[] bytes = new byte[length()];
    MemorySegment.copy(buffer, JAVA_BYTE, payload, bytes, 0, bytes.length);
    return bytes;
  }

  /** An IPv4 or IPv6 address, told apart by its length. */
  public InetAddress address() {
    boolean whole = length() == IpAddresses.IPV6_LENGTH || has(IpAddresses.IPV4_LENGTH);
    return whole
        ? IpAddresses.read(buffer, payload, length())
        : IpAddresses.read(MemorySegment.ofArray(new byte[4]), 0, IpAddresses.IPV4_LENGTH);
  }

  /** As {@link #address()}, behind the first {@code offset} bytes. */
  public InetAddress address(int offset) {
    int length = length() - offset;
    boolean whole = length == IpAddresses.IPV6_LENGTH || length == IpAddresses.IPV4_LENGTH;
    if (!whole) {
      fail("attribute " + type + " has " + length() + " bytes");
    }
    return whole
        ? IpAddresses.read(buffer, payload + offset, length)
        : IpAddresses.read(MemorySegment.ofArray(new byte[4]), 0, IpAddresses.IPV4_LENGTH);
  }

  /** A 48 bit link-layer address; all zeros for those of other lengths, which is no error. */
  public MacAddress mac() {
    return length() == MacAddress.LENGTH ? MacAddress.read(buffer, payload) : MacAddress.ZERO;
  }

  /** A number in a structure that is this attribute's value, at {@code offset} in it. */
  public long u32(int offset) {
    boolean inside = offset + Integer.BYTES <= length();
    if (!inside) {
      fail("attribute " + type + " has " + length() + " bytes");
    }
    return inside ? Bytes.hostU32(buffer, payload + offset) : 0;
  }

  /** As {@link #u32(int)}, of two bytes. */
  public int u16(int offset) {
    boolean inside = offset + Short.BYTES <= length();
    if (!inside) {
      fail("attribute " + type + " has " + length() + " bytes");
    }
    return inside ? Bytes.hostU16(buffer, payload + offset) : 0;
  }

  /** The attributes that stand between two offsets in this one; none where it is shorter. */
  public AttributeReader nested(int from, int to) {
    long end = Math.min(payload + to, payloadEnd);
    return new AttributeReader(buffer, Math.min(payload + from, end), end, this::fail);
  }

  /** The attributes inside this one. */
  public AttributeReader nested() {
    return new AttributeReader(buffer, payload, payloadEnd, this::fail);
  }

  /** The first thing that made no sense, here or in a nested attribute. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  void fail(String text) {
    if (error == null) {
      error = text;
      above.accept(text);
    }
  }

  private boolean has(int expected) {
    boolean right = length() == expected;
    if (!right) {
      fail("attribute " + type + " has " + length() + " bytes, expected " + expected);
    }
    return right;
  }
}
