package io.keepstream.notifier.noise;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.NoiseEvent;
import io.keepstream.contract.event.OperatorEvent;
import io.keepstream.notifier.config.LeftOut;
import java.util.HashSet;
import java.util.Set;

/**
 * What one target does not hear, if it asked for that. It changes with each event, in the order of
 * the journal, and knows what flaps and what is drained whether somebody asked or not, since a
 * reload may change that. What was said to flap before the notifier started does no longer: nobody
 * would say that it has ended.
 */
public final class Muffler {
  private final Set<String> flapping = new HashSet<>();
  private final Set<String> drained = new HashSet<>();
  private final long firstNumber;

  /** For what is in the journal from {@code firstNumber} on, and what it held before. */
  public Muffler(long firstNumber) {
    this.firstNumber = firstNumber;
  }

  /** Whether event {@code number} is told to a target that asked for {@code leftOut}. */
  public boolean passes(Set<LeftOut> leftOut, long number, Event event) {
    boolean hushed =
        (leftOut.contains(LeftOut.FLAPPING) && isMereFlapping(event))
            || (leftOut.contains(LeftOut.DRAINED) && isOfWhatIsDrained(event));
    note(number, event);
    return !hushed;
  }

  private boolean isMereFlapping(Event event) {
    return flapping.contains(event.subject())
        && !(event instanceof NoiseEvent.FlappingBegan)
        && !(event instanceof NoiseEvent.FlappingEnded);
  }

  private boolean isOfWhatIsDrained(Event event) {
    return drained.contains(event.subject()) && !(event instanceof OperatorEvent);
  }

  private void note(long number, Event event) {
    if (event instanceof NoiseEvent.FlappingBegan && number >= firstNumber) {
      flapping.add(event.subject());
    } else if (event instanceof NoiseEvent.FlappingEnded) {
      flapping.remove(event.subject());
    } else if (event instanceof OperatorEvent.DrainStarted) {
      drained.add(event.subject());
    } else if (event instanceof OperatorEvent.Undrained) {
      drained.remove(event.subject());
    }
  }
}
