package io.keepstream.election.machine;

import io.keepstream.contract.event.Priority;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * All that is known besides the state; a change of any of it is one event.
 *
 * @param config from the configuration file
 * @param priority the priority after trackers, with its arithmetic
 * @param primaryAddress the source of our adverts, which decides between equal priorities; null
 *     while there is none (then a fault says so)
 * @param faults named reasons why this router cannot take part; empty when it can
 * @param awaited first tracker results, or a start delay, that this router waits for in INIT
 * @param grouped whether a sync group decides with this router when it becomes MASTER
 */
public record Parameters(
    VirtualRouterConfig config,
    Priority priority,
    InetAddress primaryAddress,
    List<String> faults,
    List<String> awaited,
    boolean grouped) {
  public Parameters {
    faults = List.copyOf(faults);
    awaited = List.copyOf(awaited);
  }

  /** What a router knows that is in no sync group. */
  public Parameters(
      VirtualRouterConfig config,
      Priority priority,
      InetAddress primaryAddress,
      List<String> faults,
      List<String> awaited) {
    this(config, priority, primaryAddress, faults, awaited, false);
  }

  /** Whether nothing is awaited. */
  public boolean ready() {
    return awaited.isEmpty();
  }

  /** The priority that is advertised and compared, 1-255. */
  public int effectivePriority() {
    return priority.effective();
  }

  /** Whether {@code sender} is above our primary address, comparing as unsigned numbers. */
  boolean outranks(InetAddress sender) {
    byte[] theirs = sender.getAddress();
    byte[] ours = primaryAddress.getAddress();
    return Arrays.compareUnsigned(theirs, ours) > 0;
  }
}
