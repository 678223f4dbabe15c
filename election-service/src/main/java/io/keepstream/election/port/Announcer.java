package io.keepstream.election.port;

/** Tells the neighbours where one virtual router's addresses are now. */
public interface Announcer {
  /**
   * Announces every address {@code rounds} times, round by round, as fast as the configured gaps
   * allow; what still waits of an address counts towards its rounds.
   */
  void announce(int rounds);

  /** Drops what still waits; nothing does where nothing is paced. */
  default void forget() {}
}
