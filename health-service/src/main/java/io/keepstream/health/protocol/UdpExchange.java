package io.keepstream.health.protocol;

import io.keepstream.health.verdict.FailureReason;

/**
 * A payload over UDP. Where no reply is required, silence is a good sign: nothing said that the
 * port is closed or the host is gone.
 */
public final class UdpExchange implements Exchange {
  /** How long a payload is that nobody cared to write down, in bytes. */
  public static final int RANDOM_LENGTH = 16;

  private final byte[] payload;
  private final UdpReply required;

  /**
   * One datagram.
   *
   * @param payload what is sent
   * @param required what must come back; null when nothing must
   */
  public UdpExchange(byte[] payload, UdpReply required) {
    this.payload = payload.clone();
    this.required = required;
  }

  @Override
  public byte[] request() {
    return payload.clone();
  }

  @Override
  public Answer answer(byte[] reply) {
    String received = Shown.hex(reply);
    if (required == null) {
      return Answer.pass("reply of %d bytes".formatted(reply.length), received);
    }
    if (reply.length < required.minLength() || reply.length > required.maxLength()) {
      return Answer.fail(
          FailureReason.REPLY_MISMATCH,
          "reply of %d bytes, %d to %d expected"
              .formatted(reply.length, required.minLength(), required.maxLength()),
          received);
    }
    if (required.pattern() != null && !required.pattern().matches(reply)) {
      return Answer.fail(
          FailureReason.REPLY_MISMATCH,
          "reply `%s`, `%s` expected".formatted(received, required.pattern()),
          received);
    }
    return Answer.pass("reply of %d bytes".formatted(reply.length), received);
  }

  @Override
  public Finding silence(long limitMillis) {
    return required == null
        ? Finding.pass("no ICMP error within %d ms".formatted(limitMillis), "")
        : Exchange.super.silence(limitMillis);
  }
}
