package io.keepstream.notifier.noise;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.NoiseEvent;
import io.keepstream.notifier.noise.NoiseConfig.Damping;
import io.keepstream.notifier.route.Trouble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Tells what flaps and what trouble lasts. A deterministic machine that changes in place; times are
 * monotonic nanoseconds.
 */
public final class NoiseWatch {
  private final Map<String, Restless> restless = new HashMap<>();
  private final Deadlines calm = new Deadlines();
  private final Map<String, Lasting> lasting = new HashMap<>();
  private final Deadlines reminders = new Deadlines();
  private NoiseConfig config;

  /** How often a subject changed, and what that counts. */
  private static final class Restless {
    private double penalty;
    private long atNanos;
    private long changes;
    private boolean flaps;
    private long flapsSinceNanos;
  }

  /** Trouble that has not ended. */
  private record Lasting(Envelope first, Trouble trouble, long sinceNanos) {}

  /** A watch that knows of nothing yet. */
  public NoiseWatch(NoiseConfig config) {
    this.config = config;
  }

  /**
   * Goes on under other rules: what flaps does so until the new rules say otherwise. Says what is
   * to be published.
   */
  public List<NoiseEvent> change(NoiseConfig next, long nowNanos) {
    config = next;
    restless.forEach(
        (subject, one) ->
            calm.set(subject, next.damping().map(rules -> calmAt(rules, one)).orElse(nowNanos)));
    List<NoiseEvent> said = next.damping().isEmpty() ? calm(nowNanos) : List.of();
    if (next.equals(NoiseConfig.NONE)) {
      lasting.clear();
      reminders.clear();
    }
    lasting.keySet().forEach(key -> reminders.set(key, later(nowNanos, next.remindNanos())));
    return said;
  }

  /** Forgets trouble with subjects that are no more, of which nobody says that it is over. */
  public void forget(Predicate<String> gone) {
    lasting
        .entrySet()
        .removeIf(
            each -> {
              boolean forgotten = gone.test(each.getValue().first().event().subject());
              if (forgotten) {
                reminders.remove(each.getKey());
              }
              return forgotten;
            });
  }

  /** When {@link #timerExpired} has to come, or {@link Long#MAX_VALUE}. */
  public long deadlineNanos() {
    return Math.min(calm.first(), reminders.first());
  }

  /** What is to be published after this event, which is told first. */
  public List<NoiseEvent> heard(Envelope envelope, long nowNanos) {
    if (config.equals(NoiseConfig.NONE) || envelope.event() instanceof NoiseEvent) {
      return List.of();
    }
    return Trouble.of(envelope.event())
        .filter(trouble -> changes(envelope, trouble, nowNanos))
        .flatMap(changed -> config.damping())
        .flatMap(damping -> changed(damping, envelope.event().subject(), nowNanos))
        .map(List::of)
        .orElse(List.of());
  }

  private boolean changes(Envelope envelope, Trouble trouble, long nowNanos) {
    if (trouble.lasts() == lasting.containsKey(trouble.key())) {
      return false;
    }
    if (trouble.lasts()) {
      lasting.put(trouble.key(), new Lasting(envelope, trouble, nowNanos));
      reminders.set(trouble.key(), later(nowNanos, config.remindNanos()));
    } else {
      lasting.remove(trouble.key());
      reminders.remove(trouble.key());
    }
    return true;
  }

  private Optional<NoiseEvent> changed(Damping damping, String subject, long nowNanos) {
    Restless one = restless.computeIfAbsent(subject, any -> new Restless());
    double decayed = damping.decayed(one.penalty, nowNanos - one.atNanos);
    one.penalty = Math.min(damping.most(), decayed + Damping.CHANGE);
    one.atNanos = nowNanos;
    one.changes++;
    calm.set(subject, calmAt(damping, one));
    if (one.flaps || one.penalty < damping.suppress()) {
      return Optional.empty();
    }
    one.flaps = true;
    one.flapsSinceNanos = nowNanos;
    return Optional.of(new NoiseEvent.FlappingBegan(subject, one.changes, Math.round(one.penalty)));
  }

  /** What is to be published because of the time. */
  public List<NoiseEvent> timerExpired(long nowNanos) {
    List<NoiseEvent> said = calm(nowNanos);
    for (String key : reminders.takeDue(nowNanos)) {
      reminders.set(key, later(nowNanos, config.remindNanos()));
      Lasting trouble = lasting.get(key);
      if (!flaps(trouble.first().event().subject())) {
        said.add(reminder(trouble, nowNanos));
      }
    }
    return said;
  }

  private List<NoiseEvent> calm(long nowNanos) {
    List<NoiseEvent> said = new ArrayList<>();
    for (String subject : calm.takeDue(nowNanos)) {
      calmed(subject, nowNanos).ifPresent(said::add);
    }
    return said;
  }

  private Optional<NoiseEvent> calmed(String subject, long nowNanos) {
    Restless one = restless.remove(subject);
    long millis = TimeUnit.NANOSECONDS.toMillis(nowNanos - one.flapsSinceNanos);
    return one.flaps
        ? Optional.of(new NoiseEvent.FlappingEnded(subject, one.changes, millis, troubled(subject)))
        : Optional.empty();
  }

  private static long calmAt(Damping damping, Restless one) {
    return later(one.atNanos, damping.untilReuseNanos(one.penalty));
  }

  private boolean troubled(String subject) {
    return lasting.values().stream()
        .anyMatch(trouble -> trouble.first().event().subject().equals(subject));
  }

  private boolean flaps(String subject) {
    Restless one = restless.get(subject);
    return one != null && one.flaps;
  }

  private static NoiseEvent reminder(Lasting trouble, long nowNanos) {
    return new NoiseEvent.TroubleLasts(
        trouble.first().event().subject(),
        trouble.trouble().key(),
        trouble.trouble().severity().name().toLowerCase(Locale.ROOT),
        trouble.first().id(),
        trouble.first().event().summary(),
        TimeUnit.NANOSECONDS.toMillis(nowNanos - trouble.sinceNanos()));
  }

  private static long later(long nanos, long byNanos) {
    return byNanos > Long.MAX_VALUE - Math.max(0, nanos) ? Long.MAX_VALUE : nanos + byNanos;
  }
}
