package io.keepstream.contract.event;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * A tracker's verdict changed, or its first verdict is known.
 *
 * @param tracker which one
 * @param up the verdict after rise and fall were counted
 * @param value the number in a tracked file; none for other kinds
 * @param first whether this is the first verdict since start
 * @param heldMillis how long the previous verdict lasted; 0 for the first
 * @param detail what decided, as in {@code exit status 1: no listener}
 */
@JsonTypeName("io.keepstream.tracker.changed.v1")
public record TrackerChanged(
    TrackerRef tracker,
    boolean up,
    @JsonInclude(NON_NULL) Integer value,
    boolean first,
    long heldMillis,
    @JsonInclude(NON_NULL) String detail)
    implements Event {

  @Override
  public String subject() {
    return "tracker/" + tracker.kind().label() + "/" + tracker.name();
  }

  @Override
  public String summary() {
    String verdict =
        switch (tracker.kind()) {
          case SCRIPT -> up ? "succeeded" : "failed";
          case FILE -> "says " + value;
          default -> up ? "is up" : "is down";
        };
    return "%s `%s` now %s%s"
        .formatted(
            tracker.kind().words(), tracker.name(), verdict, detail == null ? "" : ": " + detail);
  }
}
