package io.keepstream.health.protocol;

import io.keepstream.linux.wire.InternetChecksum;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An echo request of ICMP (RFC 792) or ICMPv6 (RFC 4443). A reply is known by its data: the kernel
 * may have put in an identifier of its own.
 */
public final class EchoExchange implements Exchange {
  /** How long a token is, in bytes. */
  public static final int TOKEN_LENGTH = 16;

  private static final int HEADER_LENGTH = 8;
  private static final int CHECKSUM = 2;
  private static final int ID = 4;
  private static final int REQUEST = 8;
  private static final int REPLY = 0;
  private static final int REQUEST_V6 = 128;
  private static final int REPLY_V6 = 129;

  private final boolean ipv6;
  private final int id;
  private final byte[] token;

  /**
   * One request.
   *
   * @param ipv6 whether ICMPv6 is spoken, whose checksum the kernel writes
   * @param id identifier, 0 to 65535
   * @param token data that is hard to guess
   */
  public EchoExchange(boolean ipv6, int id, byte[] token) {
    this.ipv6 = ipv6;
    this.id = id;
    this.token = token.clone();
  }

  @Override
  public byte[] request() {
    byte[] message =
        ByteBuffer.allocate(HEADER_LENGTH + token.length)
            .put((byte) (ipv6 ? REQUEST_V6 : REQUEST))
            .putShort(ID, (short) id)
            .putShort(ID + Short.BYTES, (short) 1)
            .position(HEADER_LENGTH)
            .put(token)
            .array();
    if (!ipv6) {
      MemorySegment segment = MemorySegment.ofArray(message);
      int checksum = InternetChecksum.finish(InternetChecksum.add(0, segment, 0, message.length));
      ByteBuffer.wrap(message).putShort(CHECKSUM, (short) checksum);
    }
    return message;
  }

  @Override
  public Answer answer(byte[] reply) {
    int wanted = ipv6 ? REPLY_V6 : REPLY;
    if (reply.length < HEADER_LENGTH) {
      return new Answer.Ignored(
          "%d bytes, at least %d expected".formatted(reply.length, HEADER_LENGTH));
    }
    int type = Byte.toUnsignedInt(reply[0]);
    if (type != wanted || reply[1] != 0) {
      return new Answer.Ignored("ICMP type %d, echo reply %d expected".formatted(type, wanted));
    }
    return Arrays.equals(reply, HEADER_LENGTH, reply.length, token, 0, token.length)
        ? Answer.pass(null, "")
        : new Answer.Ignored("an echo reply with other data than was sent");
  }
}
