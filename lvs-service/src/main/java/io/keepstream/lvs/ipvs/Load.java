package io.keepstream.lvs.ipvs;

import java.util.Map;
import java.util.Optional;

/** What passes through a service, and what its destinations have, by key. */
public record Load(Traffic traffic, Map<DestinationKey, OfDestination> destinations) {
  public Load {
    destinations = Map.copyOf(destinations);
  }

  /**
   * What a destination has.
   *
   * @param connections empty where they could not be counted
   */
  public record OfDestination(Optional<Connections> connections, Traffic traffic) {
    public OfDestination(Connections connections, Traffic traffic) {
      this(Optional.of(connections), traffic);
    }

    /** This and {@code other} together; without one of them there is no sum of connections. */
    public OfDestination plus(OfDestination other) {
      return new OfDestination(
          connections.flatMap(ours -> other.connections.map(ours::plus)),
          traffic.plus(other.traffic));
    }
  }
}
