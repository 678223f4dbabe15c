package io.keepstream.lvs.plan;

import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.ServiceFlag;
import io.keepstream.lvs.ipvs.VirtualService;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is set of a service or destination, in words, for {@link TableChange}. */
final class Words {
  private Words() {}

  static String of(VirtualService service) {
    List<String> words = new ArrayList<>(List.of(service.scheduler()));
    for (ServiceFlag flag : service.flags()) {
      words.add(
          flag == ServiceFlag.PERSISTENT
              ? "persistent " + service.persistence().seconds() + " s"
              : flag.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    Family family = service.key().family();
    if (service.persistence().netmask() != family.hostNetmask()) {
      words.add("netmask " + netmask(family, service.persistence().netmask()));
    }
    if (!service.persistence().engine().isEmpty()) {
      words.add("engine " + service.persistence().engine());
    }
    return String.join(", ", words);
  }

  static String of(Destination destination) {
    StringBuilder words = new StringBuilder();
    words.append(destination.forwarding()).append(", weight ").append(destination.weight());
    if (destination.upperThreshold() > 0 || destination.lowerThreshold() > 0) {
      words.append(", thresholds ").append(destination.upperThreshold());
      words.append('/').append(destination.lowerThreshold());
    }
    return words.toString();
  }

  private static String netmask(Family family, int netmask) {
    return switch (family) {
      case IPV4 ->
          "%d.%d.%d.%d"
              .formatted(
                  netmask >>> 24, netmask >>> 16 & 0xff, netmask >>> 8 & 0xff, netmask & 0xff);
      case IPV6 -> "/" + netmask;
    };
  }
}
