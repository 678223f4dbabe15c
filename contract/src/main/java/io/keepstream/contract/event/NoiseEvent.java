package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * What stands for many events, or for none, so that people hear neither too much nor too little.
 */
public sealed interface NoiseEvent extends Event {

  /** The subject of the events this is about. */
  String about();

  @Override
  default String subject() {
    return about();
  }

  /**
   * Trouble with a subject began and ended too often of late. Who asked for it hears no more of the
   * subject until {@link FlappingEnded}.
   *
   * @param changes how often since it was quiet
   * @param penalty what these changes add up to, each counting 1000 and less by half with every
   *     half-life
   */
  @JsonTypeName("io.keepstream.noise.flapping-began.v1")
  record FlappingBegan(String about, long changes, long penalty) implements NoiseEvent {
    @Override
    public String summary() {
      return "%s flaps: %d changes, penalty %d".formatted(about, changes, penalty);
    }
  }

  /**
   * It has been quiet for long enough.
   *
   * @param changes how often it changed in all
   * @param lastedMillis since it was said to flap
   * @param troubled whether it is in trouble now
   */
  @JsonTypeName("io.keepstream.noise.flapping-ended.v1")
  record FlappingEnded(String about, long changes, long lastedMillis, boolean troubled)
      implements NoiseEvent {
    @Override
    public String summary() {
      return "%s no longer flaps, after %d changes in %d ms; it is %s"
          .formatted(about, changes, lastedMillis, troubled ? "in trouble" : "well");
    }
  }

  /**
   * Trouble that was told of is still there; said again and again until it is over.
   *
   * @param trouble which of the subject's troubles
   * @param severity how bad it is: critical, error, warning or info
   * @param eventId the event that told of it
   * @param said what that event said
   * @param lastedMillis since that event
   */
  @JsonTypeName("io.keepstream.noise.trouble-lasts.v1")
  record TroubleLasts(
      String about, String trouble, String severity, String eventId, String said, long lastedMillis)
      implements NoiseEvent {
    @Override
    public String summary() {
      return "Still so after %d ms: %s".formatted(lastedMillis, said);
    }
  }
}
