package io.keepstream.linux.netlink;

import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.NetlinkWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** Netlink messages as hexadecimal digits of a little-endian machine. */
final class Messages {
  private Messages() {}

  /** A reader at the one message made of these parts, with sequence 5 and port 9. */
  static NetlinkReader single(String type, String flags, String body) {
    return single(type, flags, body, 5);
  }

  /** As {@link #single(String, String, String)}, with another sequence below 256. */
  static NetlinkReader single(String type, String flags, String body, int sequence) {
    String rest =
        (type + flags + "%02x000000".formatted(sequence) + "09000000" + body).replace(" ", "");
    int length = 4 + rest.length() / 2;
    byte[] bytes = HexFormat.of().parseHex("%08x".formatted(Integer.reverseBytes(length)) + rest);
    return first(bytes);
  }

  /** A reader at the first message of a datagram. */
  static NetlinkReader first(byte[] bytes) {
    NetlinkReader reader = new NetlinkReader(MemorySegment.ofArray(bytes)).reset(bytes.length);
    reader.next();
    return reader;
  }

  /** What a message looks like behind its header. */
  static String body(NetlinkMessage message) {
    return HexFormat.of().formatHex(bytes(message)).substring(32);
  }

  /**
   * The structure at the beginning of a body and the attributes behind it, whatever their order.
   */
  static List<String> parts(String body, int structureLength) {
    List<String> parts = new ArrayList<>();
    int at = structureLength * 2;
    while (at < body.length()) {
      int length = Integer.reverseBytes(HexFormat.fromHexDigits(body, at, at + 4) << 16);
      int end = Math.min(body.length(), at + (length + 3) / 4 * 8);
      parts.add(body.substring(at, end));
      at = end;
    }
    Collections.sort(parts);
    parts.addFirst(body.substring(0, structureLength * 2));
    return parts;
  }

  static byte[] bytes(NetlinkMessage message) {
    NetlinkWriter writer = new NetlinkWriter(MemorySegment.ofArray(new byte[1024]));
    writer.message(message, 0);
    return writer.buffer().asSlice(0, writer.length()).toArray(ValueLayout.JAVA_BYTE);
  }
}
