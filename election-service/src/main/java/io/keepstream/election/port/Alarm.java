package io.keepstream.election.port;

/** The one timer of a virtual router. */
public interface Alarm {
  /**
   * Asks for a call at {@code deadlineNanos}, in place of any earlier request; {@code
   * Long.MAX_VALUE} for none. A call that comes too early is harmless.
   */
  void rearm(long deadlineNanos);
}
