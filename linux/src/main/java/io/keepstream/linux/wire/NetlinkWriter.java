package io.keepstream.linux.wire;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Writes netlink messages one after the other into a caller's buffer; lengths and padding are taken
 * care of. {@code put} methods write fields of a fixed structure, {@code attr} methods write an
 * attribute. Numbers are in host byte order unless a name says {@code Net}.
 *
 * <p>A value that does not fit into the buffer is an {@link IndexOutOfBoundsException}.
 */
public final class NetlinkWriter {
  private static final int MAX_ATTRIBUTE_LENGTH = 0xFFFF;

  private final MemorySegment lent;
  private MemorySegment buffer;
  private long position;

  public NetlinkWriter(MemorySegment buffer) {
    this.lent = buffer;
    this.buffer = buffer;
  }

  /** Forgets what was written. */
  public void clear() {
    buffer = lent;
    position = 0;
  }

  public MemorySegment buffer() {
    return buffer;
  }

  /** How many bytes were written. */
  public long length() {
    return position;
  }

  public long remaining() {
    return buffer.byteSize() - position;
  }

  /** Writes a message with its header; the port id is left 0, which the kernel fills in. */
  public void message(NetlinkMessage message, int sequence) {
    long start = position;
    position += Netlink.NLMSG_HDRLEN;
    Bytes.putHostU16(buffer, start + Netlink.TYPE, message.type());
    Bytes.putHostU16(buffer, start + Netlink.FLAGS, message.flags());
    Bytes.putHostU32(buffer, start + Netlink.SEQ, sequence);
    Bytes.putHostU32(buffer, start + Netlink.PID, 0);
    message.body().accept(this);
    Bytes.putHostU32(buffer, start + Netlink.LEN, position - start);
    pad();
  }

  /**
   * Goes on in a longer buffer of its own, until the next {@link #clear}, if fewer than so many
   * bytes are left.
   */
  public void reserve(long bytes) {
    if (remaining() < bytes) {
      MemorySegment longer = Arena.ofAuto().allocate(2 * buffer.byteSize() + bytes, Long.BYTES);
      longer.copyFrom(buffer.asSlice(0, position));
      buffer = longer;
    }
  }

  public NetlinkWriter putU8(int value) {
    Bytes.putU8(buffer, position, value);
    position += Byte.BYTES;
    return this;
  }

  public NetlinkWriter putU16(int value) {
    Bytes.putHostU16(buffer, position, value);
    position += Short.BYTES;
    return this;
  }

  public NetlinkWriter putU32(long value) {
    Bytes.putHostU32(buffer, position, value);
    position += Integer.BYTES;
    return this;
  }

  public NetlinkWriter putNetU16(int value) {
    Bytes.putNetU16(buffer, position, value);
    position += Short.BYTES;
    return this;
  }

  public NetlinkWriter putNetU32(long value) {
    Bytes.putNetU32(buffer, position, value);
    position += Integer.BYTES;
    return this;
  }

  public NetlinkWriter putNetU64(long value) {
    buffer.set(Bytes.NET_LONG, position, value);
    position += Long.BYTES;
    return this;
  }

  public NetlinkWriter putBytes(byte[] bytes) {
    MemorySegment.copy(MemorySegment.ofArray(bytes), 0, buffer, position, bytes.length);
    position += bytes.length;
    return this;
  }

  public NetlinkWriter putMac(MacAddress mac) {
    mac.write(buffer, position);
    position += MacAddress.LENGTH;
    return this;
  }

  /** An attribute that holds whatever {@code payload} puts. */
  public NetlinkWriter attr(int type, Consumer<NetlinkWriter> payload) {
    long start = position;
    position += Netlink.NLA_HDRLEN;
    Bytes.putHostU16(buffer, start + Short.BYTES, type);
    payload.accept(this);
    long length = position - start;
    if (length > MAX_ATTRIBUTE_LENGTH) {
      throw new IndexOutOfBoundsException("attribute " + type + " has " + length + " bytes");
    }
    Bytes.putHostU16(buffer, start, (int) length);
    pad();
    return this;
  }

  /** An attribute that holds attributes. */
  public NetlinkWriter nested(int type, Consumer<NetlinkWriter> attributes) {
    return attr(type | Netlink.NLA_F_NESTED, attributes);
  }

  public NetlinkWriter attrU8(int type, int value) {
    return attr(type, writer -> writer.putU8(value));
  }

  public NetlinkWriter attrU16(int type, int value) {
    return attr(type, writer -> writer.putU16(value));
  }

  public NetlinkWriter attrU32(int type, long value) {
    return attr(type, writer -> writer.putU32(value));
  }

  public NetlinkWriter attrNetU16(int type, int value) {
    return attr(type, writer -> writer.putNetU16(value));
  }

  public NetlinkWriter attrNetU32(int type, long value) {
    return attr(type, writer -> writer.putNetU32(value));
  }

  public NetlinkWriter attrBytes(int type, byte[] value) {
    return attr(type, writer -> writer.putBytes(value));
  }

  /** A string with the NUL at its end that the kernel expects. */
  public NetlinkWriter attrString(int type, String value) {
    return attr(type, writer -> writer.putBytes(value.getBytes(StandardCharsets.UTF_8)).putU8(0));
  }

  public NetlinkWriter attrAddress(int type, InetAddress address) {
    return attrBytes(type, address.getAddress());
  }

  private void pad() {
    while (position % Netlink.ALIGN_TO != 0) {
      putU8(0);
    }
  }
}
