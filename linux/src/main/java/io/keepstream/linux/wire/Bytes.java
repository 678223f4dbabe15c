package io.keepstream.linux.wire;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Unaligned reads and writes of unsigned numbers: {@code net} is network byte order (big-endian),
 * {@code host} is the order of this machine's processor, which netlink and C structures use.
 */
public final class Bytes {
  public static final ValueLayout.OfShort NET_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  public static final ValueLayout.OfInt NET_INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  public static final ValueLayout.OfLong NET_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  public static final ValueLayout.OfShort HOST_SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  public static final ValueLayout.OfInt HOST_INT = ValueLayout.JAVA_INT_UNALIGNED;
  public static final ValueLayout.OfLong HOST_LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private Bytes() {}

  public static int u8(MemorySegment segment, long offset) {
    return Byte.toUnsignedInt(segment.get(JAVA_BYTE, offset));
  }

  public static int netU16(MemorySegment segment, long offset) {
    return Short.toUnsignedInt(segment.get(NET_SHORT, offset));
  }

  public static long netU32(MemorySegment segment, long offset) {
    return Integer.toUnsignedLong(segment.get(NET_INT, offset));
  }

  public static int hostU16(MemorySegment segment, long offset) {
    return Short.toUnsignedInt(segment.get(HOST_SHORT, offset));
  }

  public static long hostU32(MemorySegment segment, long offset) {
    return Integer.toUnsignedLong(segment.get(HOST_INT, offset));
  }

  public static void putU8(MemorySegment segment, long offset, int value) {
    segment.set(JAVA_BYTE, offset, (byte) value);
  }

  public static void putNetU16(MemorySegment segment, long offset, int value) {
    segment.set(NET_SHORT, offset, (short) value);
  }

  public static void putNetU32(MemorySegment segment, long offset, long value) {
    segment.set(NET_INT, offset, (int) value);
  }

  public static void putHostU16(MemorySegment segment, long offset, int value) {
    segment.set(HOST_SHORT, offset, (short) value);
  }

  public static void putHostU32(MemorySegment segment, long offset, long value) {
    segment.set(HOST_INT, offset, (int) value);
  }

  /** Rounds up to the next multiple of {@code alignment}, which is a power of two. */
  public static long align(long length, int alignment) {
    return (length + alignment - 1) & -alignment;
  }
}
