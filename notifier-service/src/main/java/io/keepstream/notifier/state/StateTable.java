package io.keepstream.notifier.state;

import io.keepstream.contract.Service;
import io.keepstream.contract.snapshot.Standing;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a compacted topic should hold of this node, and what of it has still to be sent. */
public final class StateTable {
  /** Something to send; no standing means a tombstone. */
  public record Change(String subject, Optional<Standing> standing) {}

  private final Map<Service, Map<String, Standing>> wanted = new EnumMap<>(Service.class);
  private final Set<String> changed = new LinkedHashSet<>();
  private final Set<String> sending = new HashSet<>();

  /** Takes all that {@code service} says now. */
  public void take(Service service, Map<String, Standing> now) {
    Map<String, Standing> before = wanted.getOrDefault(service, Map.of());
    Map<String, Standing> next = new HashMap<>();
    now.forEach((subject, standing) -> next.put(subject, settled(before.get(subject), standing)));
    wanted.put(service, next);
    Set<String> subjects = new HashSet<>(before.keySet());
    subjects.addAll(next.keySet());
    subjects.stream()
        .filter(subject -> !Objects.equals(before.get(subject), next.get(subject)))
        .forEach(changed::add);
  }

  /** While nothing changes, nothing does: ages are measured anew each time. */
  private static Standing settled(Standing before, Standing now) {
    boolean same =
        before != null
            && before.state().equals(now.state())
            && before.source().equals(now.source());
    return same ? before : now;
  }

  /** The next change to send; the same subject is not given out again before it has ended. */
  public Optional<Change> next() {
    Optional<Change> next =
        changed.stream()
            .filter(subject -> !sending.contains(subject))
            .map(subject -> new Change(subject, wanted(subject)))
            .findFirst();
    next.ifPresent(
        change -> {
          sending.add(change.subject());
          changed.remove(change.subject());
        });
    return next;
  }

  /** A change has arrived, or has to be sent again in whatever form it has by then. */
  public void ended(Change change, boolean arrived) {
    sending.remove(change.subject());
    if (!arrived) {
      changed.add(change.subject());
    }
  }

  private Optional<Standing> wanted(String subject) {
    return wanted.values().stream()
        .map(subjects -> subjects.get(subject))
        .filter(Objects::nonNull)
        .findFirst();
  }
}
