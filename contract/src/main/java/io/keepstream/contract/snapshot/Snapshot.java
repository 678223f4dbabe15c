package io.keepstream.contract.snapshot;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import java.time.Instant;
import java.util.Set;

/**
 * A service's state: the whole of it for who asks, as far as it is needed where it is published.
 *
 * @param source whose state
 * @param lastSequence the last event that is already part of this state
 * @param takenAt wall-clock time, for people
 * @param state the state
 * @param brief true where long lists were left out of it; none otherwise
 */
public record Snapshot(
    Source source,
    long lastSequence,
    Instant takenAt,
    ServiceState state,
    @JsonInclude(NON_NULL) Boolean brief) {
  /** With nothing left out. */
  public Snapshot(Source source, long lastSequence, Instant takenAt, ServiceState state) {
    this(source, lastSequence, takenAt, state, null);
  }

  /** The same with {@code details}. */
  public Snapshot with(ServiceState details) {
    return new Snapshot(source, lastSequence, takenAt, details, brief);
  }

  /**
   * The same for a process with these services: of tens of thousands of entries only those that
   * they work with, so that a process that elects does not stand still every few seconds to clean
   * up after what it merely overheard.
   */
  public Snapshot fit(Set<Service> readers) {
    ServiceState fitted = state.fit(readers);
    return fitted.equals(state) ? this : new Snapshot(source, lastSequence, takenAt, fitted, true);
  }
}
