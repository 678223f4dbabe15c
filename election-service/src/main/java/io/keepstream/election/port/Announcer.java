package io.keepstream.election.port;

/** Tells the neighbours where one virtual router's addresses are now. */
public interface Announcer {
  /** Announces every address {@code rounds} times, round by round. */
  void announce(int rounds);
}
