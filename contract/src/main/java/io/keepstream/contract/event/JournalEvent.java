package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keepstream.contract.Source;

/** What happens to the journal in which events wait until they are delivered. */
public sealed interface JournalEvent extends Event {

  @Override
  default String subject() {
    return "journal";
  }

  /**
   * Events were published and never heard, and their source does not have them any more.
   *
   * @param source whose events
   * @param from the first sequence that is missing
   * @param to the last one
   */
  @JsonTypeName("io.keepstream.journal.events-missing.v1")
  record EventsMissing(Source source, long from, long to) implements JournalEvent {
    @Override
    public String summary() {
      return "%d event(s) of %s on %s are missing: %d to %d"
          .formatted(to - from + 1, source.service().label(), source.node(), from, to);
    }
  }

  /**
   * The journal's bound was reached, and events went that somebody should still have got.
   *
   * @param from the number of the first in the journal
   * @param to the number of the last one
   * @param reason which bound
   */
  @JsonTypeName("io.keepstream.journal.events-dropped.v1")
  record EventsDropped(long from, long to, String reason) implements JournalEvent {
    @Override
    public String summary() {
      return "%d undelivered event(s) dropped from the journal, numbers %d to %d: %s"
          .formatted(to - from + 1, from, to, reason);
    }
  }

  /**
   * The journal cannot be written; events are kept in memory and delivered from there.
   *
   * @param directory where it is
   * @param detail why, in words
   */
  @JsonTypeName("io.keepstream.journal.failing.v1")
  record Failing(String directory, String detail) implements JournalEvent {
    @Override
    public String summary() {
      return "The journal in %s cannot be written, events are kept in memory: %s"
          .formatted(directory, detail);
    }
  }

  /**
   * The journal is written again, with what was kept in memory.
   *
   * @param directory where it is
   * @param failedMillis how long it could not be written
   */
  @JsonTypeName("io.keepstream.journal.recovered.v1")
  record Recovered(String directory, long failedMillis) implements JournalEvent {
    @Override
    public String summary() {
      return "The journal in %s is written again after %d ms".formatted(directory, failedMillis);
    }
  }
}
