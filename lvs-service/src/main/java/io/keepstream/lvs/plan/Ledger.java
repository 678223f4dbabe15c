package io.keepstream.lvs.plan;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.LvsEvent.Available;
import io.keepstream.contract.event.LvsEvent.ChangeFailed;
import io.keepstream.contract.event.LvsEvent.DriftRepaired;
import io.keepstream.contract.event.LvsEvent.Unavailable;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.plan.Outcome.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known of the kernel's table, which of it is ours, and what has been told of it.
 *
 * <p>A change that was due because the plan changed, or because it had failed before, is told as
 * what it means for servers. A change that was due without either is drift: somebody else has
 * edited the table. A failure is told once, until it stops or has another reason.
 */
public final class Ledger {
  /** So that an event stays readable when somebody has flushed a table of thousands. */
  private static final int MOST_TOLD = 20;

  private Optional<ServiceTable> believed = Optional.empty();
  private DesiredTable desired = DesiredTable.EMPTY;
  private Owned owned = Owned.NOTHING;
  private Map<TableChange, String> toldFailures = Map.of();
  private boolean unavailable;
  private boolean seen;

  /** The table as it should be now in the kernel; empty while it is not known. */
  public Optional<ServiceTable> believed() {
    return believed;
  }

  /** What this process has put there or adopted. */
  public Owned owned() {
    return owned;
  }

  /** Whether a table was ever found. */
  public boolean hasSeenATable() {
    return seen;
  }

  /** Whether the last attempt found no table. */
  public boolean unavailable() {
    return unavailable;
  }

  /** Takes an attempt that found a table, and returns what is to be told. */
  public List<Event> take(Synchronized attempt) {
    List<Event> events = new ArrayList<>();
    List<TableChange> due = new ArrayList<>(attempt.outcome().done());
    if (believed.isEmpty()) {
      events.add(adopted(attempt));
    } else if (attempt.loads().isPresent() && !due.isEmpty()) {
      List<TableChange> drift = drift(attempt, believed.get());
      due.removeAll(Set.copyOf(drift));
      if (!drift.isEmpty()) {
        events.add(
            new DriftRepaired(
                drift.stream().limit(MOST_TOLD).map(TableChange::toString).toList(), drift.size()));
      }
    }
    events.addAll(new PoolEvents(desired, attempt.desired()).of(due, attempt.actual()));
    events.addAll(failures(attempt.outcome().failures()));
    remember(attempt);
    return events;
  }

  /** Takes an attempt that found no table, and returns what is to be told. */
  public List<Event> lost(String detail) {
    boolean known = unavailable;
    unavailable = true;
    believed = Optional.empty();
    toldFailures = Map.of();
    return known ? List.of() : List.of(new Unavailable(detail));
  }

  /** What was done although neither the plan nor an earlier failure asked for it. */
  private List<TableChange> drift(Synchronized attempt, ServiceTable before) {
    Set<TableChange> expected =
        Set.copyOf(Reconciler.diff(attempt.desired().table(), before, owned));
    return attempt.outcome().done().stream().filter(each -> !expected.contains(each)).toList();
  }

  private static Available adopted(Synchronized attempt) {
    int services = 0;
    int destinations = 0;
    for (Entry wanted : attempt.desired().table().entries().values()) {
      Optional<Entry> there = attempt.actual().entry(wanted.service().key());
      if (there.isPresent()) {
        services++;
        Map<DestinationKey, Destination> found = there.get().destinations();
        destinations +=
            (int) wanted.destinations().keySet().stream().filter(found::containsKey).count();
      }
    }
    return new Available(services, destinations);
  }

  private List<Event> failures(List<Failure> failures) {
    Set<ServiceKey> missing =
        failures.stream()
            .map(Failure::change)
            .filter(TableChange.AddService.class::isInstance)
            .map(change -> ((TableChange.AddService) change).service())
            .collect(Collectors.toSet());
    Map<TableChange, String> now = new HashMap<>();
    List<Event> events = new ArrayList<>();
    for (Failure failure : failures) {
      TableChange change = failure.change();
      boolean consequence =
          change instanceof TableChange.AddDestination add && missing.contains(add.service());
      if (!consequence) {
        now.put(change, failure.detail());
        if (!failure.detail().equals(toldFailures.get(change))) {
          events.add(new ChangeFailed(change.toString(), failure.detail()));
        }
      }
    }
    toldFailures = now;
    return events;
  }

  private void remember(Synchronized attempt) {
    ServiceTable wanted = attempt.desired().table();
    ServiceTable after =
        Reconciler.patched(attempt.actual(), attempt.outcome().done()).sharing(wanted);
    owned = owned.next(wanted, attempt.actual(), after);
    desired = attempt.desired();
    believed = Optional.of(after);
    unavailable = false;
    seen = true;
  }
}
