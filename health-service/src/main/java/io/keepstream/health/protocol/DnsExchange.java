package io.keepstream.health.protocol;

import io.keepstream.health.verdict.FailureReason;
import java.nio.ByteBuffer;

/**
 * A DNS query over UDP (RFC 1035). A server is well when it answers with NOERROR, whatever records
 * it has; a truncated answer is one as well. What does not repeat our identifier and question is no
 * answer, so that nobody who cannot see the query can decide about the server.
 *
 * @param question what is asked
 * @param id 0 to 65535, hard to guess
 */
public record DnsExchange(DnsQuestion question, int id) implements Exchange {
  private static final int HEADER_LENGTH = 12;
  private static final int RECURSION_DESIRED = 0x0100;
  private static final int RESPONSE = 0x8000;
  private static final int OPCODE = 0x7800;
  private static final int RCODE = 0x000F;
  private static final String[] RCODES = {
    "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"
  };

  @Override
  public byte[] request() {
    byte[] asked = question.encoded();
    return ByteBuffer.allocate(HEADER_LENGTH + asked.length)
        .putShort((short) id)
        .putShort((short) RECURSION_DESIRED)
        .putShort((short) 1)
        .position(HEADER_LENGTH)
        .put(asked)
        .array();
  }

  @Override
  public Answer answer(byte[] reply) {
    if (reply.length < HEADER_LENGTH) {
      return new Answer.Ignored(
          "%d bytes, at least %d expected".formatted(reply.length, HEADER_LENGTH));
    }
    ByteBuffer message = ByteBuffer.wrap(reply);
    int replyId = Short.toUnsignedInt(message.getShort());
    int flags = message.getShort();
    int questions = Short.toUnsignedInt(message.getShort());
    int answers = Short.toUnsignedInt(message.getShort());
    int rcode = flags & RCODE;
    if (replyId != id) {
      return new Answer.Ignored("id %d, %d expected".formatted(replyId, id));
    }
    if ((flags & RESPONSE) == 0 || (flags & OPCODE) != 0) {
      return new Answer.Ignored("not an answer to a query");
    }
    // A server that could not read or would not treat the question need not repeat it.
    boolean repeated = questions == 1 && repeatsQuestion(reply);
    if (!repeated && (rcode == 0 || questions != 0)) {
      return new Answer.Ignored("an answer to another question than " + question);
    }
    String received = "%s, %d answer(s)".formatted(name(rcode), answers);
    return rcode == 0
        ? Answer.pass(received, Shown.hex(reply))
        : Answer.fail(
            FailureReason.DNS_RCODE,
            "%s for %s, NOERROR expected".formatted(name(rcode), question),
            Shown.hex(reply));
  }

  /** Names compare without case; the bytes of type and class are none that case would change. */
  private boolean repeatsQuestion(byte[] reply) {
    byte[] asked = question.encoded();
    if (reply.length < HEADER_LENGTH + asked.length) {
      return false;
    }
    for (int i = 0; i < asked.length; i++) {
      if (lowerCase(reply[HEADER_LENGTH + i]) != lowerCase(asked[i])) {
        return false;
      }
    }
    return true;
  }

  private static int lowerCase(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }

  private static String name(int rcode) {
    return rcode < RCODES.length ? RCODES[rcode] : "RCODE " + rcode;
  }
}
