package io.keepstream.linux.wire;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Goes through the netlink messages of one received datagram. Nothing in the bytes can make it
 * throw or loop: a message whose length makes no sense ends the datagram, a field that is not there
 * reads as 0, and the first such thing is remembered.
 *
 * <p>A message's parts may be asked for after {@link #next} has returned true.
 */
public final class NetlinkReader {
  private final MemorySegment buffer;
  private long end;
  private long next;
  private long body;
  private long bodyEnd;
  private String error;

  /** Reads from {@code buffer}, of which {@link #reset} says how much was received. */
  public NetlinkReader(MemorySegment buffer) {
    this.buffer = buffer;
  }

  /** Starts with a datagram of {@code length} bytes at the beginning of the buffer. */
  public NetlinkReader reset(long length) {
    end = Math.min(length, buffer.byteSize());
    next = 0;
    body = 0;
    bodyEnd = 0;
    error = null;
    return this;
  }

  /** Moves to the next message; false at the end and after one that makes no sense. */
  public boolean next() {
    long left = end - next;
    if (left <= 0) {
      return false;
    }
    long length = left < Netlink.NLMSG_HDRLEN ? 0 : Bytes.hostU32(buffer, next + Netlink.LEN);
    if (length < Netlink.NLMSG_HDRLEN || length > left) {
      fail("message length " + length + " with " + left + " bytes left");
      next = end;
      return false;
    }
    body = next + Netlink.NLMSG_HDRLEN;
    bodyEnd = next + length;
    next += Bytes.align(length, Netlink.ALIGN_TO);
    return true;
  }

  public int type() {
    return Bytes.hostU16(buffer, header(Netlink.TYPE));
  }

  public int flags() {
    return Bytes.hostU16(buffer, header(Netlink.FLAGS));
  }

  public int sequence() {
    return (int) Bytes.hostU32(buffer, header(Netlink.SEQ));
  }

  /** The port of the socket whose request caused this message, 0 for the kernel itself. */
  public int portId() {
    return (int) Bytes.hostU32(buffer, header(Netlink.PID));
  }

  /** How many bytes follow the message header. */
  public long bodyLength() {
    return bodyEnd - body;
  }

  /** A field of the structure behind the header, at {@code offset} in it. */
  public int u8(int offset) {
    return holds(offset, Byte.BYTES) ? Bytes.u8(buffer, body + offset) : 0;
  }

  public int u16(int offset) {
    return holds(offset, Short.BYTES) ? Bytes.hostU16(buffer, body + offset) : 0;
  }

  public int int32(int offset) {
    return holds(offset, Integer.BYTES) ? (int) Bytes.hostU32(buffer, body + offset) : 0;
  }

  /**
   * The attributes behind a structure of {@code headerLength} bytes. If the message is too short
   * for the structure they begin with that error, so that looking at theirs is enough.
   */
  public AttributeReader attributes(long headerLength) {
    long start = body + Bytes.align(headerLength, Netlink.ALIGN_TO);
    AttributeReader attributes = new AttributeReader(buffer, start, bodyEnd, this::fail);
    if (bodyLength() < headerLength) {
      attributes.fail(bodyLength() + " bytes, expected " + headerLength);
    }
    return attributes;
  }

  /** The first thing in this datagram that made no sense. */
  public Optional<String> error() {
    return Optional.ofNullable(error);
  }

  private long header(int field) {
    return body - Netlink.NLMSG_HDRLEN + field;
  }

  private boolean holds(long offset, int length) {
    boolean inside = length <= bodyLength() - offset;
    if (!inside) {
      fail(bodyLength() + " bytes, expected " + (offset + length));
    }
    return inside;
  }

  private void fail(String text) {
    if (error == null) {
      error = text;
    }
  }
}
