package io.keepstream.lvs.will;

import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.ServiceState.ServerOverride;
import io.keepstream.contract.value.Durations;
import java.util.concurrent.TimeUnit;

/** An override for people. */
public final class OverrideText {
  private OverrideText() {}

  /** What it is, and why where somebody said. */
  public static String of(ServerOverride override) {
    return what(override) + (override.reason() == null ? "" : ": " + override.reason());
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
