package io.keepstream.contract.snapshot;

import io.keepstream.contract.Source;
import java.time.Instant;
import java.util.Map;

/**
 * How it stands with one subject of one node: what the compacted Kafka topic keeps of it.
 *
 * @param source who says so
 * @param subject as of events, as in {@code vrrp/VI_1}; {@code node} for whether the node is there
 * @param since when it became so, or was first seen so
 * @param state the entry of the subject in its service's snapshot, without ages and counters; of a
 *     {@code node} whether it is {@code alive}, and until when that is to be believed, {@code
 *     freshUntil}: whatever a node says is stale after that
 */
public record Standing(Source source, String subject, Instant since, Map<String, Object> state) {
  public Standing {
    state = Map.copyOf(state);
  }
}
