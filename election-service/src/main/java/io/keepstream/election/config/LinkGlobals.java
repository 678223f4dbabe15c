package io.keepstream.election.config;

import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.value.DecimalUnit;
import io.keepstream.election.link.FilterConfig;
import io.keepstream.election.link.UpDownDelays;
import java.util.HashMap;
import java.util.Map;

/**
 * What the configuration says about interfaces as such.
 *
 * @param filter the packet filter tables
 * @param delays how long a change of an interface must last before it counts, by interface
 * @param localIgmp whether the kernel may report the groups of 224.0.0.0/24 that we join
 */
public record LinkGlobals(
    FilterConfig filter, Map<String, UpDownDelays> delays, boolean localIgmp) {
  /** Nothing said. */
  public static final LinkGlobals DEFAULT = new LinkGlobals(FilterConfig.DEFAULT, Map.of(), true);

  public LinkGlobals {
    delays = Map.copyOf(delays);
  }

  static LinkGlobals read(Section root) {
    Section global = Words.joined(root, "global_defs");
    FilterConfig builtIn = FilterConfig.DEFAULT;
    return new LinkGlobals(
        new FilterConfig(
            Words.first(global, "nftables").orElse(builtIn.table()),
            global.integer("nftables_priority").orElse(builtIn.priority()),
            global.has("nftables_counters")),
        delays(root),
        !global.has("disable_local_igmp"));
  }

  private static Map<String, UpDownDelays> delays(Section root) {
    Map<String, UpDownDelays> delays = new HashMap<>();
    for (Statement line : root.lines("interface_up_down_delays")) {
      delays.put(
          line.keyword().text(),
          new UpDownDelays(nanos(line.argument(0)), nanos(line.argument(1))));
    }
    return delays;
  }

  private static long nanos(String seconds) {
    return DecimalUnit.SECONDS.read(seconds).map(time -> time.nanos()).orElse(0L);
  }
}
