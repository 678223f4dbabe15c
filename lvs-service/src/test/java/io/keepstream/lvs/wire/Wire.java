package io.keepstream.lvs.wire;

import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.NetlinkWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;

/** Messages and their bytes. */
public final class Wire {
  private static final int NETLINK_HEADER = 16;

  private Wire() {}

  /** The message as it is written, with sequence 0. */
  public static byte[] bytes(NetlinkMessage message) {
    NetlinkWriter writer = new NetlinkWriter(MemorySegment.ofArray(new byte[1024]));
    writer.message(message, 0);
    return writer.buffer().asSlice(0, writer.length()).toArray(ValueLayout.JAVA_BYTE);
  }

  /** What follows the netlink header. */
  static byte[] body(NetlinkMessage message) {
    byte[] bytes = bytes(message);
    return Arrays.copyOfRange(bytes, NETLINK_HEADER, bytes.length);
  }

  /** Digits, which may have spaces between them. */
  static byte[] hex(String... digits) {
    return HexFormat.of().parseHex(String.join("", digits).replace(" ", ""));
  }

  /** A reader at a message with this body. */
  static NetlinkReader read(byte[] body) {
    return reader(bytes(new NetlinkMessage(28, 0, writer -> writer.putBytes(body))));
  }

  /** A reader at the first message of {@code datagram}. */
  public static NetlinkReader reader(byte[] datagram) {
    NetlinkReader reader = new NetlinkReader(MemorySegment.ofArray(datagram));
    reader.reset(datagram.length);
    reader.next();
    return reader;
  }
}
