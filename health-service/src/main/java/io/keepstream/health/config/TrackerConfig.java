package io.keepstream.health.config;

/** What a tracker follows. */
public sealed interface TrackerConfig {

  /** The verdict of a check. */
  record Checked(CheckConfig check) implements TrackerConfig {}

  /**
   * Nothing: the check cannot be made on this machine. As in keepalived that is no fault of what is
   * tracked, so the tracker is up.
   *
   * @param reason in words
   */
  record LeftOut(String reason) implements TrackerConfig {}
}
