package io.keepstream.election.edge;

import io.keepstream.election.link.Debounce;
import io.keepstream.election.link.UpDownDelays;
import io.keepstream.election.port.Publishing;
import io.keepstream.linux.netlink.Link;
import java.util.HashMap;
import java.util.Map;

/** Which interfaces are believed to be up: as the kernel says, or a configured time later. */
final class LinkWatch {
  private final Interfaces interfaces;
  private final Publishing publishing;
  private final Map<String, Debounce> believed = new HashMap<>();
  private Map<String, UpDownDelays> delays = Map.of();

  LinkWatch(Interfaces interfaces, Publishing publishing) {
    this.interfaces = interfaces;
    this.publishing = publishing;
  }

  /** Goes over to other delays. */
  void follow(Map<String, UpDownDelays> next) {
    delays = next;
    believed.keySet().retainAll(next.keySet());
    look();
  }

  /**
   * Looks again at all interfaces with a delay. One that has gone is not waited for.
   *
   * @return when to look again, {@link Debounce#NEVER} when the kernel will tell
   */
  long look() {
    long nowNanos = publishing.nowNanos();
    long deadlineNanos = Debounce.NEVER;
    for (String name : delays.keySet()) {
      Link link = interfaces.link(name);
      Debounce before = believed.get(name);
      Debounce next =
          before == null || link == null
              ? Debounce.first(link != null && link.usable())
              : before.look(link.usable(), delays.get(name), nowNanos);
      believed.put(name, next);
      deadlineNanos = Math.min(deadlineNanos, next.deadlineNanos());
    }
    return deadlineNanos;
  }

  /** Whether the interface of this name is believed to be up. */
  boolean usable(String name) {
    Debounce belief = believed.get(name);
    Link link = interfaces.link(name);
    return belief == null ? link != null && link.usable() : belief.up();
  }
}
