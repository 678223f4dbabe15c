package io.keepstream.notifier.noise;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.NoiseEvent;
import io.keepstream.contract.event.OperatorEvent;
import io.keepstream.notifier.config.LeftOut;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one target does not hear, as a value that changes from event to event in the order of the
 * journal.
 *
 * @param hushed the subjects that are not told of for now, by the reason
 */
public record Muffler(Map<LeftOut, Set<String>> hushed) {
  /** Everything is told. */
  public static final Muffler OPEN = new Muffler(Map.of());

  /** Whether {@code event} is told. */
  public boolean passes(Event event) {
    boolean ofFlapping =
        event instanceof NoiseEvent.FlappingBegan || event instanceof NoiseEvent.FlappingEnded;
    return (ofFlapping || !isHushed(LeftOut.FLAPPING, event.subject()))
        && (event instanceof OperatorEvent || !isHushed(LeftOut.DRAINED, event.subject()));
  }

  private boolean isHushed(LeftOut reason, String subject) {
    return hushed.getOrDefault(reason, Set.of()).contains(subject);
  }

  /** What is not heard after {@code event}. */
  public Muffler after(Set<LeftOut> leftOut, Event event) {
    boolean flapping = leftOut.contains(LeftOut.FLAPPING);
    boolean drained = leftOut.contains(LeftOut.DRAINED);
    if (flapping && event instanceof NoiseEvent.FlappingBegan) {
      return with(LeftOut.FLAPPING, event.subject(), true);
    }
    if (flapping && event instanceof NoiseEvent.FlappingEnded) {
      return with(LeftOut.FLAPPING, event.subject(), false);
    }
    if (drained && event instanceof OperatorEvent.DrainStarted) {
      return with(LeftOut.DRAINED, event.subject(), true);
    }
    if (drained && event instanceof OperatorEvent.Undrained) {
      return with(LeftOut.DRAINED, event.subject(), false);
    }
    return this;
  }

  private Muffler with(LeftOut reason, String subject, boolean quiet) {
    Set<String> subjects = new HashSet<>(hushed.getOrDefault(reason, Set.of()));
    if (quiet) {
      subjects.add(subject);
    } else {
      subjects.remove(subject);
    }
    Map<LeftOut, Set<String>> changed = new EnumMap<>(LeftOut.class);
    changed.putAll(hushed);
    changed.put(reason, Set.copyOf(subjects));
    return new Muffler(Collections.unmodifiableMap(changed));
  }
}
