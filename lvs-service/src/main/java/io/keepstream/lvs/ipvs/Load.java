package io.keepstream.lvs.ipvs;

import java.util.Map;

/** What passes through a service, and what its destinations have, by key. */
public record Load(Traffic traffic, Map<DestinationKey, OfDestination> destinations) {
  public Load {
    destinations = Map.copyOf(destinations);
  }

  /** What a destination has. */
  public record OfDestination(Connections connections, Traffic traffic) {

    /** This and {@code other} together. */
    public OfDestination plus(OfDestination other) {
      return new OfDestination(connections.plus(other.connections), traffic.plus(other.traffic));
    }
  }
}
