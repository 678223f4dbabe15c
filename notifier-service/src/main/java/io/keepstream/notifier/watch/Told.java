package io.keepstream.notifier.watch;

import io.keepstream.contract.event.ClusterEvent.Claim;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a record of the compacted topic says to the watch. */
public final class Told {
  private static final String INSTANCE = "vrrp/";
  private static final String NODE = "node";

  private Told() {}

  /**
   * The input that a record is; empty when it is about something else.
   *
   * @param standing null for a tombstone
   * @param now by this node's wall clock, against which the others' are compared
   * @throws RuntimeException when it is no such record as nodes write
   */
  public static Optional<Input> of(String key, Standing standing, Instant now) {
    if (standing == null) {
      return Optional.of(new Input.Told(key, Optional.empty()));
    }
    if (standing.subject().equals(NODE)) {
      Instant until = Instant.parse(text(standing, "freshUntil"));
      long nanos = Duration.between(now, until).toNanos();
      return Optional.of(new Input.Beat(standing.source().node(), nanos));
    }
    return standing.subject().startsWith(INSTANCE)
        ? Optional.of(new Input.Told(key, claimed(standing)))
        : Optional.empty();
  }

  private static Optional<Input.Claimed> claimed(Standing standing) {
    if (!text(standing, "state").equals(VrrpState.MASTER.name())) {
      return Optional.empty();
    }
    Map<String, Object> state = standing.state();
    Claim claim =
        new Claim(
            standing.source().node(),
            standing.subject().substring(INSTANCE.length()),
            ((Number) state.get("vrid")).intValue(),
            text(standing, "networkInterface"),
            standing.since());
    List<String> addresses =
        ((List<?>) state.get("addresses")).stream().map(Object::toString).toList();
    return Optional.of(new Input.Claimed(claim, addresses));
  }

  private static String text(Standing standing, String field) {
    return standing.state().get(field).toString();
  }
}
