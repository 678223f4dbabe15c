package io.keepstream.election.port;

/** When a virtual router is called: its one timer, and its turn among others. */
public interface Alarm {
  /**
   * Asks for a call at {@code deadlineNanos}, in place of any earlier request; {@code
   * Long.MAX_VALUE} for none. A call that comes too early is harmless.
   */
  void rearm(long deadlineNanos);

  /**
   * Does {@code work} once the adverts of other virtual routers that are due have been sent: who
   * takes over several addresses says so on all of them before it sets the first.
   */
  default void afterAdverts(Runnable work) {
    work.run();
  }
}
