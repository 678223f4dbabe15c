package io.keepstream.lvs.ipvs;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A table of virtual services with their destinations, both in the order they were put in.
 *
 * @param entries the services by key
 * @param settings what holds for all of them
 */
public record ServiceTable(Map<ServiceKey, Entry> entries, Settings settings) {
  public static final ServiceTable EMPTY = new ServiceTable(Map.of());

  public ServiceTable {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** A table without settings. */
  public ServiceTable(Map<ServiceKey, Entry> entries) {
    this(entries, Settings.NONE);
  }

  /**
   * A service and its destinations.
   *
   * @param destinations by key
   */
  public record Entry(VirtualService service, Map<DestinationKey, Destination> destinations) {
    public Entry {
      destinations = Collections.unmodifiableMap(new LinkedHashMap<>(destinations));
    }

    /** A service with {@code destinations}. */
    public static Entry of(VirtualService service, Collection<Destination> destinations) {
      Map<DestinationKey, Destination> byKey = new LinkedHashMap<>();
      destinations.forEach(destination -> byKey.put(destination.key(), destination));
      return new Entry(service, byKey);
    }
  }

  /** The service at {@code key}. */
  public Optional<Entry> entry(ServiceKey key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** The same services with other settings. */
  public ServiceTable with(Settings others) {
    return new ServiceTable(entries, others);
  }

  /**
   * The same table, with the very entries of {@code other} where they are equal: comparing those
   * again costs nothing.
   */
  public ServiceTable sharing(ServiceTable other) {
    Map<ServiceKey, Entry> shared = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          Entry theirs = other.entries.get(key);
          shared.put(key, entry.equals(theirs) ? theirs : entry);
        });
    return new ServiceTable(shared, settings);
  }

  /** How many destinations all services have together. */
  public int destinationCount() {
    return entries.values().stream().mapToInt(entry -> entry.destinations().size()).sum();
  }
}
