package io.keepstream.lvs.nft;

import io.keepstream.lvs.ipvs.Persistence;
import io.keepstream.lvs.ipvs.ServiceFlag;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.VirtualService;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comments that say what rules alone do not tell. */
final class Label {
  private static final Pattern SERVICE =
      Pattern.compile(
          "(\\w{1,16})(?: flags 0x([0-9a-f]{1,8}))?(?: persistent (\\d{1,9}) s, mask"
              + " ([0-9a-f]{1,8}))?");
  private static final Pattern WEIGHT = Pattern.compile("weight (\\d{1,10})");

  private Label() {}

  /** As {@code sh flags 0x10 persistent 300 s, mask ffffff00}. */
  static String of(VirtualService service) {
    StringBuilder text = new StringBuilder(service.scheduler());
    Set<ServiceFlag> flags = EnumSet.noneOf(ServiceFlag.class);
    flags.addAll(service.flags());
    if (flags.remove(ServiceFlag.PERSISTENT)) {
      Persistence persistence = service.persistence();
      text.append(
          " persistent %d s, mask %x".formatted(persistence.seconds(), persistence.netmask()));
    }
    if (!flags.isEmpty()) {
      text.insert(service.scheduler().length(), " flags 0x%x".formatted(ServiceFlag.bits(flags)));
    }
    return text.toString();
  }

  /** The service at {@code key} that has this comment. */
  static Optional<VirtualService> service(ServiceKey key, String comment) {
    Matcher matcher = SERVICE.matcher(comment);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Set<ServiceFlag> flags = EnumSet.noneOf(ServiceFlag.class);
    if (matcher.group(2) != null) {
      flags.addAll(ServiceFlag.ofBits(Integer.parseUnsignedInt(matcher.group(2), 16)));
    }
    Persistence persistence = Persistence.none(key.family());
    if (matcher.group(3) != null) {
      flags.add(ServiceFlag.PERSISTENT);
      int netmask = Integer.parseUnsignedInt(matcher.group(4), 16);
      persistence = new Persistence(Integer.parseInt(matcher.group(3)), netmask, "");
    }
    return Optional.of(new VirtualService(key, matcher.group(1), flags, persistence));
  }

  static String ofWeight(int weight) {
    return "weight " + weight;
  }

  static Optional<Integer> weight(String comment) {
    Matcher matcher = WEIGHT.matcher(comment);
    return matcher.matches()
        ? Optional.of(Long.parseLong(matcher.group(1)))
            .filter(weight -> weight <= Integer.MAX_VALUE)
            .map(Long::intValue)
        : Optional.empty();
  }
}
