package io.keepstream.lvs.will;

import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.ServiceState.ServerOverride;
import io.keepstream.contract.value.Durations;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Overrides for people, a line for each. */
public final class OverridesText {
  private OverridesText() {}

  /** The table of {@code overrides}; nothing when there are none. */
  public static String table(List<ServerOverride> overrides) {
    if (overrides.isEmpty()) {
      return "";
    }
    String format = "%-28s %-26s %-14s %-12s %s\n";
    return format.formatted("REAL SERVER", "VIRTUAL SERVER", "SINCE", "BY", "OVERRIDE")
        + overrides.stream()
            .map(
                each ->
                    format.formatted(
                        each.backend().realServer(),
                        each.backend().virtualServer(),
                        time(each.ageMillis()),
                        each.owner(),
                        what(each) + (each.reason() == null ? "" : ": " + each.reason())))
            .collect(Collectors.joining());
  }

  private static String what(ServerOverride override) {
    return switch (override.kind()) {
      case DRAIN -> drain(override.drain());
      case WEIGHT -> "weight %d instead of %d".formatted(override.weight(), override.fileWeight());
      case ADDED -> "added with weight %d, not checked".formatted(override.weight());
      case REMOVED -> "removed";
    };
  }

  private static String drain(ServiceState.Drain drain) {
    if (drain.out()) {
      return "drained and out";
    }
    StringBuilder text = new StringBuilder("draining, ").append(drain.open().text());
    if (drain.untilEmpty()) {
      text.append(", out when empty");
    }
    if (drain.endsInMillis() != null) {
      text.append(", out in ").append(time(drain.endsInMillis())).append(" at the latest");
    }
    return text.toString();
  }

  private static String time(long millis) {
    return Durations.text(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
