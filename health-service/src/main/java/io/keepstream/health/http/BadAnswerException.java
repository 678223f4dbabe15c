package io.keepstream.health.http;

import io.keepstream.health.verdict.FailureReason;

/** An answer that cannot be taken any further. */
public final class BadAnswerException extends Exception {
  private final Finding finding;

  BadAnswerException(FailureReason reason, String detail) {
    super(reason + ": " + detail);
    this.finding = new Finding(reason, detail);
  }

  /** What is wrong with it. */
  public Finding finding() {
    return finding;
  }
}
