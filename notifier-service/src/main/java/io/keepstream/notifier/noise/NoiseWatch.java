package io.keepstream.notifier.noise;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.NoiseEvent;
import io.keepstream.notifier.noise.NoiseConfig.Damping;
import io.keepstream.notifier.route.Trouble;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * Tells what flaps and what trouble lasts. A deterministic machine that changes in place; times are
 * monotonic nanoseconds.
 */
public final class NoiseWatch {
  private final Map<String, Restless> restless = new HashMap<>();
  private final Map<String, Lasting> lasting = new HashMap<>();
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
  private record Lasting(Envelope first, Trouble trouble, long sinceNanos, long remindNanos) {
    Lasting remindedAgainAt(long nanos) {
      return new Lasting(first, trouble, sinceNanos, nanos);
    }
  }

  /** A watch that knows of nothing yet. */
  public NoiseWatch(NoiseConfig config) {
    this.config = config;
  }

  /** Goes on under other rules: what flaps does so until the new rules say otherwise. */
  public void change(NoiseConfig next, long nowNanos) {
    config = next;
    if (next.damping().isEmpty()) {
      restless.clear();
    }
    lasting.replaceAll(
        (key, trouble) -> trouble.remindedAgainAt(later(nowNanos, next.remindNanos())));
  }

  /** When {@link #timerExpired} has to come, or {@link Long#MAX_VALUE}. */
  public long deadlineNanos() {
    LongStream calm =
        config.damping().stream()
            .flatMapToLong(
                damping -> restless.values().stream().mapToLong(one -> calmAt(damping, one)));
    LongStream reminders = lasting.values().stream().mapToLong(Lasting::remindNanos);
    return LongStream.concat(calm, reminders).min().orElse(Long.MAX_VALUE);
  }

  /** What is to be published after this event, which is told first. */
  public List<NoiseEvent> heard(Envelope envelope, long nowNanos) {
    Optional<Trouble> trouble = Trouble.of(envelope.event());
    if (trouble.isEmpty() || envelope.event() instanceof NoiseEvent) {
      return List.of();
    }
    Lasting before = lasting.get(trouble.get().key());
    boolean changed = trouble.get().lasts() == (before == null);
    if (!changed) {
      return List.of();
    }
    if (before == null) {
      long remindNanos = later(nowNanos, config.remindNanos());
      lasting.put(trouble.get().key(), new Lasting(envelope, trouble.get(), nowNanos, remindNanos));
    } else {
      lasting.remove(trouble.get().key());
    }
    return config
        .damping()
        .map(damping -> changed(damping, envelope.event().subject(), nowNanos))
        .orElse(List.of());
  }

  private List<NoiseEvent> changed(Damping damping, String subject, long nowNanos) {
    Restless one = restless.computeIfAbsent(subject, any -> new Restless());
    double decayed = damping.decayed(one.penalty, nowNanos - one.atNanos);
    one.penalty = Math.min(damping.most(), decayed + Damping.CHANGE);
    one.atNanos = nowNanos;
    one.changes++;
    if (one.flaps || one.penalty < damping.suppress()) {
      return List.of();
    }
    one.flaps = true;
    one.flapsSinceNanos = nowNanos;
    return List.of(new NoiseEvent.FlappingBegan(subject, one.changes, Math.round(one.penalty)));
  }

  /** What is to be published because of the time. */
  public List<NoiseEvent> timerExpired(long nowNanos) {
    List<NoiseEvent> said = new ArrayList<>();
    config.damping().ifPresent(damping -> said.addAll(calm(damping, nowNanos)));
    lasting.replaceAll(
        (key, trouble) -> {
          if (nowNanos < trouble.remindNanos()) {
            return trouble;
          }
          if (!flaps(trouble.first().event().subject())) {
            said.add(reminder(trouble, nowNanos));
          }
          return trouble.remindedAgainAt(later(nowNanos, config.remindNanos()));
        });
    return said;
  }

  private List<NoiseEvent> calm(Damping damping, long nowNanos) {
    List<NoiseEvent> said = new ArrayList<>();
    Iterator<Map.Entry<String, Restless>> all = restless.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Restless> each = all.next();
      Restless one = each.getValue();
      if (nowNanos >= calmAt(damping, one)) {
        all.remove();
        if (one.flaps) {
          long millis = TimeUnit.NANOSECONDS.toMillis(nowNanos - one.flapsSinceNanos);
          said.add(
              new NoiseEvent.FlappingEnded(
                  each.getKey(), one.changes, millis, troubled(each.getKey())));
        }
      }
    }
    return said;
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
