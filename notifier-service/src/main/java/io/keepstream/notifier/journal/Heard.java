package io.keepstream.notifier.journal;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Source;

/**
 * How far a source has been heard.
 *
 * @param sequence of its last event that is accounted for
 */
public record Heard(Source source, long sequence) {
  /** As many as may be remembered: all of a node, each with its last few starts. */
  public static final int MOST = 64;

  /** With this event. */
  public static Heard upTo(Envelope envelope) {
    return new Heard(envelope.source(), envelope.sequence());
  }
}
