package io.keepstream.lvs.nft;

import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.Forwarding;
import io.keepstream.lvs.ipvs.ServiceFlag;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.ipvs.VirtualService;
import java.util.List;
import java.util.Optional;

/** What IPVS can do and nftables cannot; the words complete "nftables cannot do". */
public final class Limits {
  /** The schedulers that can be done. */
  public static final List<String> SCHEDULERS = List.of("rr", "wrr", "sh", "mh");

  private Limits() {}

  /** Whether the scheduler can be done. */
  public static boolean schedules(String scheduler) {
    return SCHEDULERS.contains(scheduler);
  }

  /** Whether a service with its destinations can be done. */
  static boolean allow(Entry entry) {
    return of(entry.service()).isEmpty()
        && entry.destinations().values().stream()
            .allMatch(destination -> of(destination).isEmpty());
  }

  /** What of a service cannot be done; empty if all of it can. */
  public static Optional<String> of(VirtualService service) {
    if (!schedules(service.scheduler())) {
      return Optional.of("scheduler " + service.scheduler());
    }
    if (service.flags().contains(ServiceFlag.ONE_PACKET)) {
      return Optional.of("one-packet scheduling");
    }
    return service.persistence().engine().isEmpty()
        ? Optional.empty()
        : Optional.of("persistence engine " + service.persistence().engine());
  }

  /** What of a destination cannot be done; empty if all of it can. */
  public static Optional<String> of(Destination destination) {
    if (!destination.forwarding().equals(Forwarding.MASQUERADE)) {
      return Optional.of("forwarding method " + destination.forwarding());
    }
    return destination.upperThreshold() == 0 && destination.lowerThreshold() == 0
        ? Optional.empty()
        : Optional.of("thresholds");
  }
}
