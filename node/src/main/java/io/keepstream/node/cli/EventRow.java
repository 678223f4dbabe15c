package io.keepstream.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.value.Durations;
import io.keepstream.notifier.edge.JournalInput.Entry;
import io.keepstream.notifier.route.EventFilter;
import io.keepstream.runtime.ContractJson;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One event of the journal as one line. */
final class EventRow {
  private EventRow() {}

  static String of(Entry entry, Instant now, boolean json) {
    return json ? json(entry) : text(entry, now);
  }

  private static String text(Entry entry, Instant now) {
    Envelope envelope = entry.envelope();
    Duration age = Duration.between(envelope.occurredAt(), now);
    return "%d  %s  %s ago  %s  %s  %s"
        .formatted(
            entry.number(),
            envelope.occurredAt().truncatedTo(ChronoUnit.MILLIS),
            Durations.text(Math.max(0, age.toNanos())),
            EventFilter.shortType(envelope.event()),
            envelope.event().subject(),
            envelope.event().summary());
  }

  /** The envelope, with what else tells events apart. */
  private static String json(Entry entry) {
    ObjectNode line = ContractJson.mapper().createObjectNode();
    line.put("number", entry.number());
    line.put("id", entry.envelope().id());
    line.put("subject", entry.envelope().event().subject());
    line.put("summary", entry.envelope().event().summary());
    line.setAll((ObjectNode) ContractJson.mapper().valueToTree(entry.envelope()));
    return line.toString();
  }
}
