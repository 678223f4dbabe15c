package io.keepstream.health.protocol;

import io.keepstream.health.verdict.FailureReason;

/** A question in one datagram, with what is random about it already drawn. */
public interface Exchange {
  /** The datagram to send. */
  byte[] request();

  /** What a datagram from the target means. */
  Answer answer(byte[] reply);

  /** What it means that no answer came within the time limit. */
  default Finding silence(long limitMillis) {
    String detail = "no reply within %d ms".formatted(limitMillis);
    return Finding.fail(FailureReason.RESPONSE_TIMEOUT, detail, "");
  }

  /** What a datagram means. */
  sealed interface Answer {
    /** It decides. */
    record Decided(Finding finding) implements Answer {}

    /**
     * It answers nothing that was asked: late, forged or misdirected, so the wait goes on.
     *
     * @param why in words, what was found and what was expected
     */
    record Ignored(String why) implements Answer {}

    static Answer pass(String detail, String received) {
      return new Decided(Finding.pass(detail, received));
    }

    static Answer fail(FailureReason failure, String detail, String received) {
      return new Decided(Finding.fail(failure, detail, received));
    }
  }
}
