package io.keepstream.election.machine;

import java.net.InetAddress;

/** What can happen to a virtual router. */
public sealed interface Event {

  /**
   * A valid advertisement arrived.
   *
   * @param sender source address
   * @param priority 0-255; 0 means the sender leaves
   * @param advertIntervalNanos the interval it carries
   */
  record AdvertHeard(InetAddress sender, int priority, long advertIntervalNanos) implements Event {}

  /** The shell's timer fired; the socket has been read before. */
  record TimerExpired() implements Event {}

  /**
   * The parameters are not what they were: a tracker, an interface, the configuration, or the
   * start. {@code previous} equals the present ones at the start.
   */
  record ParametersChanged(Parameters previous) implements Event {}

  /**
   * Leave politely.
   *
   * @param deleted whether the configuration no longer has this router; else the process ends
   */
  record Shutdown(boolean deleted) implements Event {}

  /** What the sync group tells its members; see {@link SyncGroup}. */
  sealed interface OfGroup extends Event {}

  /** All members want to be MASTER. */
  record GroupAgreed() implements OfGroup {}

  /**
   * Another member is no longer MASTER.
   *
   * @param member its name
   * @param stalled whether this node did not run, rather than another node being better
   */
  record GroupGaveWay(String member, boolean stalled) implements OfGroup {}

  /** The MASTER that another member follows, seen there as {@code sender}, has resigned. */
  record GroupHeardResignation(InetAddress sender) implements OfGroup {}
}
