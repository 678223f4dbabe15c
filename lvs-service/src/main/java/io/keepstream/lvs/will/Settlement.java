package io.keepstream.lvs.will;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.OperatorEvent.OverrideCleared;
import io.keepstream.contract.event.OperatorEvent.Undrained;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.RealServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What of a will is left when the configuration is read: it ends where the file says otherwise. */
public final class Settlement {
  private static final String GONE = "the configuration has it no longer";

  private final Map<BackendRef, RealServer> reals = new HashMap<>();
  private final Set<String> virtualServers = new HashSet<>();
  private final List<Event> events = new ArrayList<>();
  private final long nowNanos;

  private Settlement(LvsConfig file, long nowNanos) {
    this.nowNanos = nowNanos;
    file.virtualServers()
        .forEach(
            server -> {
              virtualServers.add(server.name());
              server.realServers().forEach(real -> reals.put(real.server().backend(), real));
            });
  }

  /**
   * The will beside {@code file}. A weight ends when the file gives the real server another one
   * than it did, an addition when the file has it too, a removal or a drain when the file has no
   * such server any more. Where the whole node is drained, so are the real servers that come.
   */
  public static Will.Step of(Will will, LvsConfig file, long nowNanos) {
    Will.Step settled = new Settlement(file, nowNanos).settle(will);
    Will.Step covered = settled.will().covering(file, _ -> Optional.empty(), nowNanos);
    List<Event> events = new ArrayList<>(settled.events());
    events.addAll(covered.events());
    return new Will.Step(covered.will(), events);
  }

  private Will.Step settle(Will will) {
    Will next = will;
    for (Map.Entry<BackendRef, Edit> each : will.edits().entrySet()) {
      Optional<String> cause = end(each.getKey(), each.getValue());
      if (cause.isPresent()) {
        Edit edit = each.getValue();
        events.add(
            new OverrideCleared(
                each.getKey(), edit.kind(), cause.get(), edit.stamp().ageMillis(nowNanos)));
        next = next.withoutEdit(each.getKey());
      }
    }
    for (Map.Entry<BackendRef, Drain> each : will.drains().entrySet()) {
      BackendRef backend = each.getKey();
      if (!reals.containsKey(backend) && !next.edits().containsKey(backend)) {
        events.add(new Undrained(backend, GONE, each.getValue().stamp().ageMillis(nowNanos)));
        next = next.withoutDrain(backend);
      }
    }
    return new Will.Step(next, List.copyOf(events));
  }

  private Optional<String> end(BackendRef backend, Edit edit) {
    RealServer real = reals.get(backend);
    return switch (edit) {
      case Edit.Weight weight -> {
        if (real == null) {
          yield Optional.of(GONE);
        }
        int now = real.server().weight();
        yield now == weight.fileWeight()
            ? Optional.empty()
            : Optional.of("the configuration says weight " + now);
      }
      case Edit.Added _ -> {
        if (real != null) {
          yield Optional.of("the configuration has it");
        }
        yield virtualServers.contains(backend.virtualServer())
            ? Optional.empty()
            : Optional.of(GONE);
      }
      case Edit.Removed _ -> real == null ? Optional.of(GONE) : Optional.empty();
    };
  }
}
