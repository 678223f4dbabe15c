package io.keepstream.notifier.noise;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.NoiseEvent;
import io.keepstream.notifier.config.LeftOut;
import java.util.HashSet;
import java.util.Set;

/**
 * What one target does not hear, as a value that changes from event to event in the order of the
 * journal.
 *
 * @param hushed the subjects that are not told of for now
 */
public record Muffler(Set<String> hushed) {
  /** Everything is told. */
  public static final Muffler OPEN = new Muffler(Set.of());

  public Muffler {
    hushed = Set.copyOf(hushed);
  }

  /** Whether {@code event} is told. */
  public boolean passes(Event event) {
    return event instanceof NoiseEvent.FlappingBegan
        || event instanceof NoiseEvent.FlappingEnded
        || !hushed.contains(event.subject());
  }

  /** What is not heard after {@code event}. */
  public Muffler after(Set<LeftOut> leftOut, Event event) {
    if (event instanceof NoiseEvent noise && leftOut.contains(LeftOut.FLAPPING)) {
      return switch (noise) {
        case NoiseEvent.FlappingBegan began -> with(began.about());
        case NoiseEvent.FlappingEnded ended -> without(ended.about());
        case NoiseEvent.TroubleLasts _ -> this;
      };
    }
    return this;
  }

  private Muffler with(String subject) {
    Set<String> more = new HashSet<>(hushed);
    more.add(subject);
    return new Muffler(more);
  }

  private Muffler without(String subject) {
    Set<String> fewer = new HashSet<>(hushed);
    fewer.remove(subject);
    return new Muffler(fewer);
  }
}
