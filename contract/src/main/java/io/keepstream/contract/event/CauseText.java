package io.keepstream.contract.event;

import io.keepstream.contract.event.VrrpEvent.InstanceChanged;

/** Says a transition's cause and evidence in one short clause. */
final class CauseText {
  private CauseText() {}

  static String of(InstanceChanged change) {
    TransitionCause cause = change.cause();
    StringBuilder text = new StringBuilder("[").append(words(cause));
    if (cause.advert() != null) {
      text.append(
          ": advert from %s priority %d, %d ms ago"
              .formatted(
                  cause.advert().sender(), cause.advert().priority(), cause.advert().ageMillis()));
    }
    if (!cause.faults().isEmpty()) {
      text.append(": ").append(String.join(", ", cause.faults()));
    }
    if (cause.detail() != null) {
      text.append(": ").append(cause.detail());
    }
    text.append("; priority ").append(change.priority().effective());
    change
        .priority()
        .shares()
        .forEach(share -> text.append(" (%s %+d)".formatted(share.tracker(), share.points())));
    return text.append("; was %s for %d ms]".formatted(change.from(), change.heldMillis()))
        .toString();
  }

  private static String words(TransitionCause cause) {
    return switch (cause.reason()) {
      case STARTED -> "started";
      case ADDRESS_OWNER -> "address owner";
      case MASTER_SILENT -> "no advert from a MASTER";
      case MASTER_RESIGNED -> "MASTER resigned";
      case PREEMPTED_LOWER_PRIORITY -> "preempting a lower priority MASTER";
      case HIGHER_PRIORITY_HEARD -> "higher priority heard";
      case FAULT -> "fault";
      case FAULTS_CLEARED -> "faults cleared";
      case SYNC_GROUP -> "with its sync group";
      case STALLED -> "this node had stalled";
      case SHUTDOWN -> "shutdown";
      case RELOADED -> "configuration reloaded";
    };
  }
}
