package io.keepstream.linux.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;

import io.keepstream.linux.wire.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A {@code struct msghdr} with a name, one payload buffer and room for control messages, all
 * allocated once and used for any number of sendmsg(2) or recvmsg(2) calls.
 */
public final class MessageHeader {
  /** Length of {@code struct cmsghdr}, behind which a control message's data begins. */
  public static final int CMSG_HDRLEN = 16;

  private static final int MSGHDR_LENGTH = 56;
  private static final int IOVEC_LENGTH = 16;
  private static final int NAME = 0;
  private static final int NAMELEN = 8;
  private static final int IOV = 16;
  private static final int IOVLEN = 24;
  private static final int CONTROL = 32;
  private static final int CONTROLLEN = 40;
  private static final int FLAGS = 48;
  private static final int IOVEC_LEN = 8;
  private static final int CMSG_LEVEL = 8;
  private static final int CMSG_TYPE = 12;
  private static final int CMSG_ALIGN_TO = 8;

  private final MemorySegment header;
  private final MemorySegment iovec;
  private final MemorySegment name;
  private final MemorySegment payload;
  private final MemorySegment control;

  /** Memory lives as long as this object does. */
  public MessageHeader(long payloadCapacity, long controlCapacity) {
    Arena arena = Arena.ofAuto();
    header = arena.allocate(MSGHDR_LENGTH, Long.BYTES);
    iovec = arena.allocate(IOVEC_LENGTH, Long.BYTES);
    name = arena.allocate(Sockaddr.MAX_LENGTH, Long.BYTES);
    payload = arena.allocate(payloadCapacity, Long.BYTES);
    control = arena.allocate(Bytes.align(controlCapacity, CMSG_ALIGN_TO), Long.BYTES);
    header.set(ADDRESS, NAME, name);
    header.set(ADDRESS, IOV, iovec);
    header.set(Bytes.HOST_LONG, IOVLEN, 1);
    header.set(ADDRESS, CONTROL, control);
    iovec.set(ADDRESS, 0, payload);
  }

  /** What sendmsg and recvmsg take. */
  public MemorySegment segment() {
    return header;
  }

  public MemorySegment name() {
    return name;
  }

  public MemorySegment payload() {
    return payload;
  }

  public MemorySegment control() {
    return control;
  }

  /** Makes all of the room available again, since recvmsg overwrites the lengths it was given. */
  public void prepareReceive() {
    setNameLength(Sockaddr.MAX_LENGTH);
    setPayloadLength(payload.byteSize());
    setControlLength(control.byteSize());
  }

  public void setNameLength(int length) {
    header.set(Bytes.HOST_INT, NAMELEN, length);
  }

  public void setPayloadLength(long length) {
    iovec.set(Bytes.HOST_LONG, IOVEC_LEN, length);
  }

  public void setControlLength(long length) {
    header.set(Bytes.HOST_LONG, CONTROLLEN, length);
  }

  /** The {@code MSG_} flags that recvmsg answered. */
  public int flags() {
    return header.get(Bytes.HOST_INT, FLAGS);
  }

  /**
   * Appends a control message to an outgoing message, with zeros as data, and returns where its
   * data begins in {@link #control}.
   */
  public int putControl(int level, int type, int dataLength) {
    int at = (int) header.get(Bytes.HOST_LONG, CONTROLLEN);
    long length = Bytes.align(CMSG_HDRLEN + dataLength, CMSG_ALIGN_TO);
    control.asSlice(at, length).fill((byte) 0);
    control.set(Bytes.HOST_LONG, at, CMSG_HDRLEN + dataLength);
    Bytes.putHostU32(control, at + CMSG_LEVEL, level);
    Bytes.putHostU32(control, at + CMSG_TYPE, type);
    setControlLength(at + length);
    return at + CMSG_HDRLEN;
  }

  /** Where the first received control message begins in {@link #control}, -1 if there is none. */
  public long firstControl() {
    return controlAt(0);
  }

  /** Where the control message after the one at {@code at} begins, -1 if there is none. */
  public long nextControl(long at) {
    return controlAt(at + Bytes.align(control.get(Bytes.HOST_LONG, at), CMSG_ALIGN_TO));
  }

  public int controlLevel(long at) {
    return control.get(Bytes.HOST_INT, at + CMSG_LEVEL);
  }

  public int controlType(long at) {
    return control.get(Bytes.HOST_INT, at + CMSG_TYPE);
  }

  private long controlAt(long at) {
    long left = header.get(Bytes.HOST_LONG, CONTROLLEN) - at;
    boolean whole = left >= CMSG_HDRLEN && control.get(Bytes.HOST_LONG, at) >= CMSG_HDRLEN;
    return whole && control.get(Bytes.HOST_LONG, at) <= left ? at : -1;
  }
}
