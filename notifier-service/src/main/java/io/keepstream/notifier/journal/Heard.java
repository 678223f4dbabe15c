package io.keepstream.notifier.journal;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Source;

/**
 * How far a source has been heard.
 *
 * @param sequence of its last event that is accounted for
 */
public record Heard(Source source, long sequence) {
  /** With this event. */
  public static Heard upTo(Envelope envelope) {
    return new Heard(envelope.source(), envelope.sequence());
  }

  /** The place that one source takes, whatever it was before it was started again. */
  public String place() {
    return source.node() + "/" + source.service().label();
  }
}
