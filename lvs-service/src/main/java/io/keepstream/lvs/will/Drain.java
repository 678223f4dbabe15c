package io.keepstream.lvs.will;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.contract.event.OperatorEvent.DrainEnded;
import io.keepstream.contract.event.OperatorEvent.DrainProgress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real server that is drained.
 *
 * @param untilEmpty whether it leaves the table when no connection is left
 * @param deadlineNanos when it leaves the table whatever is left; {@link #NEVER} for never
 * @param ofNode whether it is drained because the whole node is
 */
public record Drain(
    Stamp stamp, boolean untilEmpty, long deadlineNanos, Progress progress, boolean ofNode) {
  /** The time that means never. */
  public static final long NEVER = Long.MAX_VALUE;

  /** How far it is. */
  public sealed interface Progress {
    /** The connections when the table was read last, or when it left. */
    OpenConnections open();
  }

  /**
   * In the table with weight 0.
   *
   * @param told how many connections it had when they were told last
   * @param settled whether {@code open} was read since it has weight 0: the first reading after the
   *     order may have begun before
   */
  public record Waiting(OpenConnections open, long told, boolean settled) implements Progress {}

  /** Out of the table. */
  public record Out(OpenConnections open) implements Progress {}

  /** What follows, and what is to be told of it. */
  record Step(Drain drain, List<Event> events) {}

  /** How a drain begins where {@code open} was read last, if anything was. */
  static Progress begin(Optional<OpenConnections> open) {
    OpenConnections first = open.orElse(OpenConnections.NONE);
    return new Waiting(first, first.total(), false);
  }

  /** What it asks of the table. */
  public Duty duty() {
    return switch (progress) {
      case Waiting _ -> Duty.DRAIN;
      case Out _ -> Duty.REST;
    };
  }

  /**
   * Takes what was read. Where nothing was, because a check has taken the server out of the table
   * or its connections could not be counted, nothing follows: that does not make it empty.
   */
  Step read(BackendRef backend, Optional<OpenConnections> reading, long nowNanos) {
    if (reading.isEmpty()) {
      return unchanged();
    }
    return switch (progress) {
      case Out _ -> unchanged();
      case Waiting(var before, var told, var settled) -> {
        OpenConnections open = reading.get();
        long total = open.total();
        if (!settled) {
          yield to(new Waiting(open, total, true));
        }
        if (total == 0 && untilEmpty) {
          yield end(backend, "empty", open, nowNanos);
        }
        if (total < told && total <= told / 2) {
          yield to(
              new Waiting(open, total, true),
              new DrainProgress(backend, open, stamp.ageMillis(nowNanos)));
        }
        yield to(new Waiting(open, told, true));
      }
    };
  }

  /** Lets time pass. */
  Step pass(BackendRef backend, long nowNanos) {
    return switch (progress) {
      case Waiting(var open, var told, var settled) ->
          nowNanos < deadlineNanos ? unchanged() : end(backend, "max", open, nowNanos);
      case Out _ -> unchanged();
    };
  }

  /** When {@link #pass} has something to do. */
  long nextNanos() {
    return duty() == Duty.REST ? NEVER : deadlineNanos;
  }

  /** How far off a deadline is, at least 0; null for {@link #NEVER}. */
  static Long millisUntil(long deadlineNanos, long nowNanos) {
    return deadlineNanos == NEVER
        ? null
        : Long.valueOf(Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - nowNanos)));
  }

  private Step end(BackendRef backend, String cause, OpenConnections open, long nowNanos) {
    return to(new Out(open), new DrainEnded(backend, cause, open, stamp.ageMillis(nowNanos)));
  }

  private Step to(Progress next, Event... events) {
    return new Step(new Drain(stamp, untilEmpty, deadlineNanos, next, ofNode), List.of(events));
  }

  private Step unchanged() {
    return new Step(this, List.of());
  }
}
