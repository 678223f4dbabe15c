package io.keepstream.lvs.will;

import io.keepstream.contract.event.OpenConnections;
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

  /** How far a node is drained, and why where somebody said. */
  public static String of(ServiceState.NodeDrain drain) {
    String how =
        drain.left() == 0
            ? "drained and out"
            : drain(drain.open(), drain.untilEmpty(), drain.endsInMillis());
    return how + (drain.reason() == null ? "" : ": " + drain.reason());
  }

  private static String what(ServerOverride override) {
    return switch (override.kind()) {
      case DRAIN ->
          override.drain().out()
              ? "drained and out"
              : drain(
                  override.drain().open(),
                  override.drain().untilEmpty(),
                  override.drain().endsInMillis());
      case WEIGHT -> "weight %d instead of %d".formatted(override.weight(), override.fileWeight());
      case ADDED -> "added with weight %d".formatted(override.weight());
      case REMOVED -> "removed";
    };
  }

  private static String drain(OpenConnections open, boolean untilEmpty, Long endsInMillis) {
    StringBuilder text = new StringBuilder("draining, ").append(open.text());
    if (untilEmpty) {
      text.append(", out when empty");
    }
    if (endsInMillis != null) {
      text.append(", out in ").append(time(endsInMillis)).append(" at the latest");
    }
    return text.toString();
  }

  private static String time(long millis) {
    return Durations.text(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
