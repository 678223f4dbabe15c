package io.keepstream.linux.nft;

import io.keepstream.linux.wire.AttributeReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The attributes of one thing by their types; what is not there, or too short, is 0 or empty. */
final class Fields {
  private static final byte[] ABSENT = {};

  private final Map<Integer, byte[]> values = new HashMap<>();

  private Fields() {}

  static Fields read(AttributeReader attributes) {
    Fields fields = new Fields();
    while (attributes.next()) {
      fields.values.put(attributes.type(), attributes.bytes());
    }
    return fields;
  }

  boolean has(int... types) {
    for (int type : types) {
      if (!values.containsKey(type)) {
        return false;
      }
    }
    return true;
  }

  byte[] bytes(int type) {
    return values.getOrDefault(type, ABSENT);
  }

  Octets octets(int type) {
    return Octets.of(bytes(type));
  }

  int u8(int type) {
    byte[] bytes = bytes(type);
    return bytes.length == Byte.BYTES ? Byte.toUnsignedInt(bytes[0]) : 0;
  }

  long u32(int type) {
    byte[] bytes = bytes(type);
    return bytes.length == Integer.BYTES
        ? Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt())
        : 0;
  }

  int int32(int type) {
    return (int) u32(type);
  }

  /** As {@link #int32}, but {@code otherwise} where it is not there. */
  int int32(int type, int otherwise) {
    return has(type) ? int32(type) : otherwise;
  }

  long u64(int type) {
    byte[] bytes = bytes(type);
    return bytes.length == Long.BYTES ? ByteBuffer.wrap(bytes).getLong() : 0;
  }

  /** The text up to the first NUL or the end. */
  String text(int type) {
    byte[] bytes = bytes(type);
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  Fields nested(int type) {
    return read(AttributeReader.of(bytes(type)));
  }
}
