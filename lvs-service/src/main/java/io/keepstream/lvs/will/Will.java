package io.keepstream.lvs.will;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.RealServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What operators want beside the configuration.
 *
 * @param drains by real server, in the order they were ordered
 * @param edits by real server, in the order they were ordered
 * @param node where all real servers are drained
 */
public record Will(
    Map<BackendRef, Drain> drains, Map<BackendRef, Edit> edits, Optional<NodeDrain> node) {
  /** What the configuration says and nothing else. */
  public static final Will NOTHING = new Will(Map.of(), Map.of(), Optional.empty());

  public Will {
    drains = Collections.unmodifiableMap(new LinkedHashMap<>(drains));
    edits = Collections.unmodifiableMap(new LinkedHashMap<>(edits));
  }

  /** What follows, and what is to be told of it. */
  public record Step(Will will, List<Event> events) {}

  /** The configuration as it is to be. */
  public LvsConfig over(LvsConfig file) {
    return edits.isEmpty() ? file : Edits.applied(edits, file);
  }

  /** What is asked of drained real servers; of all others, to serve. */
  public Map<BackendRef, Duty> duties() {
    Map<BackendRef, Duty> duties = new LinkedHashMap<>();
    drains.forEach((backend, drain) -> duties.put(backend, drain.duty()));
    return duties;
  }

  /** The real servers that were added. */
  public Set<BackendRef> added() {
    return edits.entrySet().stream()
        .filter(each -> each.getValue() instanceof Edit.Added)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** When {@link #pass} has something to do; {@link Drain#NEVER} for never. */
  public long nextNanos() {
    return drains.values().stream().mapToLong(Drain::nextNanos).min().orElse(Drain.NEVER);
  }

  /** Takes the connections of real servers; of those that were not counted there is nothing. */
  public Step read(Function<BackendRef, Optional<OpenConnections>> open, long nowNanos) {
    return step((backend, drain) -> drain.read(backend, open.apply(backend), nowNanos), nowNanos);
  }

  /** Lets time pass. */
  public Step pass(long nowNanos) {
    return step((backend, drain) -> drain.pass(backend, nowNanos), nowNanos);
  }

  private Step step(BiFunction<BackendRef, Drain, Drain.Step> machine, long nowNanos) {
    Map<BackendRef, Drain> next = new LinkedHashMap<>();
    List<Event> events = new ArrayList<>();
    drains.forEach(
        (backend, drain) -> {
          Drain.Step step = machine.apply(backend, drain);
          next.put(backend, step.drain());
          events.addAll(step.events());
        });
    Optional<NodeDrain.Step> whole =
        node.map(drain -> drain.next(NodeDrain.Sum.of(next.values()), nowNanos));
    whole.ifPresent(step -> events.addAll(step.events()));
    return new Step(new Will(next, edits, whole.map(NodeDrain.Step::drain)), events);
  }

  /**
   * Where the whole node is drained, drains the real servers of {@code file} that are not yet.
   *
   * @param open their connections, as far as they were read
   */
  Step covering(
      LvsConfig file, Function<BackendRef, Optional<OpenConnections>> open, long nowNanos) {
    Will next = this;
    List<Event> events = new ArrayList<>();
    if (node.isPresent()) {
      for (RealServer real : over(file).realServers()) {
        BackendRef backend = real.server().backend();
        if (!next.drains.containsKey(backend)) {
          next = next.with(backend, node.get().of(open.apply(backend)));
          events.add(node.get().started(backend, open.apply(backend), nowNanos));
        }
      }
    }
    return new Step(next, events);
  }

  Will with(BackendRef backend, Drain drain) {
    return new Will(put(drains, backend, drain), edits, node);
  }

  Will with(BackendRef backend, Edit edit) {
    return new Will(drains, put(edits, backend, edit), node);
  }

  Will with(Optional<NodeDrain> whole) {
    return new Will(drains, edits, whole);
  }

  Will withoutDrain(BackendRef backend) {
    return new Will(without(drains, backend), edits, node);
  }

  Will withoutEdit(BackendRef backend) {
    return new Will(drains, without(edits, backend), node);
  }

  private static <T> Map<BackendRef, T> put(Map<BackendRef, T> map, BackendRef key, T value) {
    Map<BackendRef, T> next = new LinkedHashMap<>(map);
    next.put(key, value);
    return next;
  }

  private static <T> Map<BackendRef, T> without(Map<BackendRef, T> map, BackendRef key) {
    Map<BackendRef, T> next = new LinkedHashMap<>(map);
    next.remove(key);
    return next;
  }
}
