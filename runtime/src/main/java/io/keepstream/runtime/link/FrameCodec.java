package io.keepstream.runtime.link;

import io.keepstream.runtime.link.Frame.Failure;
import io.keepstream.runtime.link.Frame.Hello;
import io.keepstream.runtime.link.Frame.Ping;
import io.keepstream.runtime.link.Frame.Publish;
import io.keepstream.runtime.link.Frame.Reply;
import io.keepstream.runtime.link.Frame.Request;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Frames as bytes, in the layout that this package describes. */
public final class FrameCodec {
  /** The version of the layout that is spoken here. */
  public static final int VERSION = 1;

  static final int LENGTH_BYTES = Integer.BYTES;

  /** A snapshot of 20,000 real servers takes about 6 MB. */
  static final int MOST_BYTES = 16 << 20;

  private static final int MOST_TEXT_BYTES = 0xffff;

  private static final byte HELLO = 1;
  private static final byte PING = 2;
  private static final byte REQUEST = 3;
  private static final byte REPLY = 4;
  private static final byte FAILURE = 5;
  private static final byte PUBLISH = 6;

  private FrameCodec() {}

  /**
   * A frame with its length in front.
   *
   * @throws IllegalArgumentException when it is too long for the link
   */
  public static byte[] encode(Frame frame) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(0);
      write(frame, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] encoded = bytes.toByteArray();
    int length = encoded.length - LENGTH_BYTES;
    if (length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "a message of %d bytes is too long for the link".formatted(length));
    }
    ByteBuffer.wrap(encoded).putInt(length);
    return encoded;
  }

  private static void write(Frame frame, DataOutputStream out) throws IOException {
    switch (frame) {
      case Hello(int version, String name, Set<String> exports) -> {
        out.writeByte(HELLO);
        out.writeShort(version);
        write(name, out);
        out.writeShort(exports.size());
        for (String export : exports) {
          write(export, out);
        }
      }
      case Ping() -> out.writeByte(PING);
      case Request(long id, String address, Body body) -> {
        out.writeByte(REQUEST);
        out.writeLong(id);
        write(address, out);
        write(body, out);
      }
      case Reply(long id, Body body) -> {
        out.writeByte(REPLY);
        out.writeLong(id);
        write(body, out);
      }
      case Failure(long id, int code, String message) -> {
        out.writeByte(FAILURE);
        out.writeLong(id);
        out.writeInt(code);
        write(message, out);
      }
      case Publish(String address, Body body) -> {
        out.writeByte(PUBLISH);
        write(address, out);
        write(body, out);
      }
    }
  }

  /** Text that is too long for the link, which only a message for people can be, is cut. */
  private static void write(String text, DataOutputStream out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = bytes.length;
    if (length > MOST_TEXT_BYTES) {
      length = MOST_TEXT_BYTES;
      while ((bytes[length] & 0xc0) == 0x80) { // inside a character
        length--;
      }
    }
    out.writeShort(length);
    out.write(bytes, 0, length);
  }

  private static void write(Body body, DataOutputStream out) throws IOException {
    write(body.type(), out);
    out.write(body.content());
  }

  /** What {@code bytes}, a frame without its length, are. */
  static Decoded decode(ByteBuffer bytes) {
    try {
      byte type = bytes.get();
      Frame frame =
          switch (type) {
            case HELLO -> hello(bytes);
            case PING -> new Ping();
            case REQUEST -> new Request(bytes.getLong(), text(bytes), body(bytes));
            case REPLY -> new Reply(bytes.getLong(), body(bytes));
            case FAILURE -> new Failure(bytes.getLong(), bytes.getInt(), text(bytes));
            case PUBLISH -> new Publish(text(bytes), body(bytes));
            default -> null;
          };
      if (frame == null) {
        return new Decoded.Malformed("a frame of the unknown type " + type);
      }
      return bytes.hasRemaining()
          ? new Decoded.Malformed("%d bytes too many in a frame".formatted(bytes.remaining()))
          : new Decoded.Accepted(frame);
    } catch (BufferUnderflowException e) {
      return new Decoded.Malformed("a frame that ends too early");
    } catch (CharacterCodingException e) {
      return new Decoded.Malformed("text that is not UTF-8");
    }
  }

  /** What another version says after its name is left alone. */
  private static Hello hello(ByteBuffer bytes) throws CharacterCodingException {
    int version = Short.toUnsignedInt(bytes.getShort());
    String name = text(bytes);
    Set<String> exports = new HashSet<>();
    if (version == VERSION) {
      for (int left = Short.toUnsignedInt(bytes.getShort()); left > 0; left--) {
        exports.add(text(bytes));
      }
    } else {
      bytes.position(bytes.limit());
    }
    return new Hello(version, name, exports);
  }

  private static Body body(ByteBuffer bytes) throws CharacterCodingException {
    String type = text(bytes);
    byte[] content = new byte[bytes.remaining()];
    bytes.get(content);
    return new Body(type, content);
  }

  private static String text(ByteBuffer bytes) throws CharacterCodingException {
    int length = Short.toUnsignedInt(bytes.getShort());
    if (length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer text = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
  }
}
