package io.keepstream.contract.event;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Why an instance changed state, with what was seen.
 *
 * @param reason the rule that applied
 * @param advert the advertisement that decided, or the last one heard before silence decided
 * @param faults the named faults that hold, where the reason is about faults
 * @param detail anything more worth reading
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TransitionCause(
    Reason reason,
    @JsonInclude(NON_NULL) AdvertEvidence advert,
    List<String> faults,
    @JsonInclude(NON_NULL) String detail) {

  /** The rules that can move an instance. */
  public enum Reason {
    STARTED,
    /** Priority 255: owns the addresses. */
    ADDRESS_OWNER,
    /** No advertisement within Master_Down_Interval. */
    MASTER_SILENT,
    /** The MASTER sent priority 0. */
    MASTER_RESIGNED,
    /** The MASTER has a lower priority and preemption is on. */
    PREEMPTED_LOWER_PRIORITY,
    HIGHER_PRIORITY_HEARD,
    FAULT,
    FAULTS_CLEARED,
    /** Another member of the sync group moved first. */
    SYNC_GROUP,
    /** This node did not run for longer than its peers wait. */
    STALLED,
    SHUTDOWN,
    RELOADED
  }

  /**
   * An advertisement as evidence.
   *
   * @param sender source address
   * @param priority as on the wire
   * @param ageMillis how long ago it was heard
   */
  public record AdvertEvidence(String sender, int priority, long ageMillis) {}

  public TransitionCause {
    faults = faults == null ? List.of() : List.copyOf(faults);
  }

  /** A cause without evidence. */
  public static TransitionCause of(Reason reason) {
    return new TransitionCause(reason, null, List.of(), null);
  }

  /** The rule and the evidence in words; ages are those at the time of the transition. */
  public String text() {
    return CauseText.of(this);
  }
}
