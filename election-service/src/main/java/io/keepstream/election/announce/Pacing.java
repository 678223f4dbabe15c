package io.keepstream.election.announce;

import java.util.List;
import java.util.Set;

/**
 * How close together announcements may follow one another, per interface or group of interfaces.
 *
 * @param each the gaps on every interface that is in no group, each for itself
 * @param groups interfaces that share their gaps ({@code garp_group})
 */
public record Pacing(Gaps each, List<Group> groups) {
  /** No gaps at all. */
  public static final Pacing NONE = new Pacing(new Gaps(0, 0), List.of());

  /**
   * The least time from one announcement to the next; 0 for none.
   *
   * @param arpNanos between gratuitous ARPs ({@code garp_interval})
   * @param naNanos between unsolicited neighbour advertisements ({@code gna_interval})
   */
  public record Gaps(long arpNanos, long naNanos) {
    long nanos(boolean ipv6) {
      return ipv6 ? naNanos : arpNanos;
    }
  }

  /** Interfaces behind one thing that must not be flooded. */
  public record Group(Gaps gaps, Set<String> interfaces) {
    public Group {
      interfaces = Set.copyOf(interfaces);
    }
  }

  /**
   * What shares one gap.
   *
   * @param interfaces the interface, or those of a group
   * @param gapNanos from one announcement to the next
   */
  public record Lane(Set<String> interfaces, boolean ipv6, long gapNanos) {}

  public Pacing {
    groups = List.copyOf(groups);
  }

  /** Where announcements on {@code networkInterface} queue. */
  public Lane lane(String networkInterface, boolean ipv6) {
    return groups.stream()
        .filter(group -> group.interfaces().contains(networkInterface))
        .findFirst()
        .map(group -> new Lane(group.interfaces(), ipv6, group.gaps().nanos(ipv6)))
        .orElseGet(() -> new Lane(Set.of(networkInterface), ipv6, each.nanos(ipv6)));
  }
}
