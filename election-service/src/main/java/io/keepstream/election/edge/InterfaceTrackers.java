package io.keepstream.election.edge;

import io.keepstream.contract.event.TrackerChanged;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.machine.Tracking.Tracked;
import io.keepstream.election.machine.Tracking.Verdict;
import io.keepstream.election.port.Publishing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tells of tracked interfaces that come and go; their verdicts are those of the kernel, now. */
final class InterfaceTrackers {
  private record Known(Verdict verdict, long sinceNanos) {}

  private final Interfaces interfaces;
  private final Predicate<String> usable;
  private final Publishing publishing;
  private final Map<TrackerRef, Known> known = new HashMap<>();

  InterfaceTrackers(Interfaces interfaces, Predicate<String> usable, Publishing publishing) {
    this.interfaces = interfaces;
    this.usable = usable;
    this.publishing = publishing;
  }

  /** Tracks what {@code instances} track, and nothing else. */
  void follow(List<InstanceConfig> instances) {
    Set<TrackerRef> wanted =
        instances.stream()
            .flatMap(instance -> instance.tracked().stream())
            .map(Tracked::tracker)
            .filter(tracker -> tracker.kind() == TrackerRef.Kind.INTERFACE)
            .collect(Collectors.toSet());
    known.keySet().retainAll(wanted);
    wanted.forEach(tracker -> known.putIfAbsent(tracker, new Known(Verdict.UNKNOWN, 0)));
    refresh();
  }

  /** Looks again at all of them. */
  void refresh() {
    long nowNanos = publishing.nowNanos();
    known.replaceAll((tracker, before) -> look(tracker, before, nowNanos));
  }

  /** The verdict about an interface, tracked or not. */
  Verdict verdict(String name) {
    return usable.test(name) ? Verdict.UP : Verdict.DOWN;
  }

  private Known look(TrackerRef tracker, Known before, long nowNanos) {
    Verdict now = verdict(tracker.name());
    if (now == before.verdict()) {
      return before;
    }
    boolean first = before.verdict() == Verdict.UNKNOWN;
    long heldNanos = first ? 0 : nowNanos - before.sinceNanos();
    publishing.publish(
        new TrackerChanged(
            tracker,
            now == Verdict.UP,
            null,
            first,
            TimeUnit.NANOSECONDS.toMillis(heldNanos),
            interfaces.link(tracker.name()) == null ? "it does not exist" : null));
    return new Known(now, nowNanos);
  }
}
