package io.keepstream.notifier.intake;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Source;
import io.keepstream.notifier.journal.Heard;
import io.keepstream.notifier.journal.Recent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Takes the events of all sources, in order and each once. Those behind a gap wait until the gap is
 * filled, or its source has said that it cannot be, or has not answered in time.
 */
public final class Intake {
  /**
   * How often a source is asked that does not answer; it may be on its way back to us. Not for how
   * long: when we were stopped for a while, its answer may be waiting for us.
   */
  static final int MOST_ASKS = 10;

  /** How long until it is asked again. */
  static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** How many events may wait behind a gap. */
  static final int MOST_HELD = 4096;

  /** Those heard least recently are forgotten: a source that is started again is another one. */
  private final Map<Source, Following> sources = new Recent<>(Heard.MOST);

  /** What is to be done, in the order given. */
  public sealed interface Effect {
    /** This is the next event of its source. */
    record Accept(Envelope envelope) implements Effect {}

    /** The source is to be asked for these sequences; the answer goes to {@link #answered}. */
    record Ask(Source source, long from, long to) implements Effect {}

    /** Nobody has these any more. */
    record Missing(Source source, long from, long to) implements Effect {}
  }

  /** One source since its last start. */
  private static final class Following {
    private final Source source;
    private final TreeMap<Long, Envelope> held = new TreeMap<>();
    private long last;
    private long known;
    private long askedUntil;
    private long deadlineNanos = Long.MAX_VALUE;
    private int asks;

    Following(Source source, long last) {
      this.source = source;
      this.last = last;
      known = last;
    }
  }

  /** Goes on where {@code heard} ends. */
  public Intake(Collection<Heard> heard) {
    heard.forEach(
        each -> sources.put(each.source(), new Following(each.source(), each.sequence())));
  }

  /** An event was heard. */
  public List<Effect> heard(Envelope envelope, long nowNanos) {
    Following source = following(envelope.source());
    if (envelope.sequence() <= source.last) {
      return List.of();
    }
    source.held.put(envelope.sequence(), envelope);
    return proceed(source, nowNanos);
  }

  /** A source said how many events it has published. */
  public List<Effect> told(Source teller, long lastSequence, long nowNanos) {
    Following source = following(teller);
    source.known = Math.max(source.known, lastSequence);
    return proceed(source, nowNanos);
  }

  /** A source answered with what it still has, oldest first. */
  public List<Effect> answered(Source asked, List<Envelope> envelopes, long nowNanos) {
    Following source = sources.get(asked);
    boolean awaited = source != null && source.deadlineNanos < Long.MAX_VALUE;
    return awaited ? resume(source, envelopes, nowNanos) : List.of();
  }

  /** Time has passed. */
  public List<Effect> timerExpired(long nowNanos) {
    List<Effect> effects = new ArrayList<>();
    for (Following source : sources.values()) {
      if (source.deadlineNanos > nowNanos) {
        continue;
      }
      if (source.asks < MOST_ASKS) {
        effects.add(ask(source, nowNanos));
      } else {
        effects.addAll(resume(source, List.of(), nowNanos));
      }
    }
    return effects;
  }

  /** When the timer has to come, or {@link Long#MAX_VALUE}. */
  public long deadlineNanos() {
    return sources.values().stream()
        .mapToLong(source -> source.deadlineNanos)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private Following following(Source source) {
    return sources.computeIfAbsent(source, begun -> new Following(begun, 0));
  }

  private static List<Effect> resume(Following source, List<Envelope> envelopes, long nowNanos) {
    source.deadlineNanos = Long.MAX_VALUE;
    List<Effect> effects = new ArrayList<>();
    envelopes.stream()
        .filter(envelope -> envelope.sequence() > source.last)
        .forEach(envelope -> source.held.put(envelope.sequence(), envelope));
    long until = envelopes.isEmpty() ? source.askedUntil : envelopes.getFirst().sequence() - 1;
    long firstHeld = source.held.isEmpty() ? Long.MAX_VALUE : source.held.firstKey();
    long missing = Math.min(until, firstHeld - 1);
    if (missing > source.last) {
      effects.add(new Effect.Missing(source.source, source.last + 1, missing));
      source.last = missing;
    }
    effects.addAll(proceed(source, nowNanos));
    return effects;
  }

  private static List<Effect> proceed(Following source, long nowNanos) {
    List<Effect> effects = new ArrayList<>();
    while (!source.held.isEmpty() && source.held.firstKey() == source.last + 1) {
      effects.add(new Effect.Accept(source.held.pollFirstEntry().getValue()));
      source.last++;
    }
    source.known = Math.max(source.known, source.last);
    boolean asking = source.deadlineNanos < Long.MAX_VALUE;
    if (asking && source.held.size() > MOST_HELD) {
      effects.addAll(resume(source, List.of(), nowNanos));
    } else if (asking && source.askedUntil <= source.last) {
      source.deadlineNanos = Long.MAX_VALUE;
      effects.addAll(proceed(source, nowNanos));
    } else if (!asking && (!source.held.isEmpty() || source.known > source.last)) {
      source.askedUntil = source.held.isEmpty() ? source.known : source.held.firstKey() - 1;
      source.asks = 0;
      effects.add(ask(source, nowNanos));
    }
    return effects;
  }

  private static Effect ask(Following source, long nowNanos) {
    source.asks++;
    source.deadlineNanos = nowNanos + AGAIN_NANOS;
    return new Effect.Ask(source.source, source.last + 1, source.askedUntil);
  }
}
