package io.keepstream.contract;

import io.keepstream.contract.event.Event;
import java.time.Instant;

/**
 * One published event.
 *
 * @param source who publishes
 * @param sequence 1 for the first event of a boot, then one more for each, without gaps
 * @param occurredAt wall-clock time, for people
 * @param event what happened
 */
public record Envelope(Source source, long sequence, Instant occurredAt, Event event) {

  /** An identifier that is unique across nodes and restarts, the same however often it is sent. */
  public String id() {
    return source.node() + "/" + source.service().label() + "/" + source.bootId() + "/" + sequence;
  }
}
