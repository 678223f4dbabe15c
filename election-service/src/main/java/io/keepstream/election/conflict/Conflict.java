package io.keepstream.election.conflict;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/**
 * A time in which a MASTER hears adverts of another. It begins with the first advert and is over
 * when none was heard for a while; in between it is told once per minute, however many there are.
 *
 * @param rival who was heard last, or null while there is no conflict
 * @param priority the priority of that advert
 * @param sinceNanos when the first advert was heard
 * @param adverts how many were heard
 * @param toldNanos when it was told last
 * @param overNanos when it is over unless another advert is heard; {@link #NEVER} without conflict
 */
public record Conflict(
    InetAddress rival,
    int priority,
    long sinceNanos,
    long adverts,
    long toldNanos,
    long overNanos) {
  /** The deadline that means none. */
  public static final long NEVER = Long.MAX_VALUE;

  /** No conflict. */
  public static final Conflict NONE = new Conflict(null, 0, 0, 0, 0, NEVER);

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** What there is to tell. */
  public enum News {
    NOTHING,
    BEGINS,
    LASTS,
    ENDS
  }

  /**
   * What came of it.
   *
   * @param news to be told of {@code subject}
   * @param subject the conflict as it is, or was
   * @param next from here on
   */
  public record Step(News news, Conflict subject, Conflict next) {}

  /**
   * Another MASTER's advert was heard.
   *
   * @param quietNanos how long none must be heard for the conflict to be over
   */
  public Step heard(InetAddress sender, int heardPriority, long nowNanos, long quietNanos) {
    long until = nowNanos + quietNanos;
    if (rival == null) {
      Conflict begun = new Conflict(sender, heardPriority, nowNanos, 1, nowNanos, until);
      return new Step(News.BEGINS, begun, begun);
    }
    boolean tell = nowNanos - toldNanos >= WINDOW_NANOS;
    long lastTold = tell ? nowNanos : toldNanos;
    Conflict next = new Conflict(sender, heardPriority, sinceNanos, adverts + 1, lastTold, until);
    return new Step(tell ? News.LASTS : News.NOTHING, next, next);
  }

  /** The deadline has come, maybe. */
  public Step due(long nowNanos) {
    return nowNanos < overNanos ? new Step(News.NOTHING, this, this) : end();
  }

  /** We are MASTER no more, so there is no conflict. */
  public Step end() {
    return new Step(rival == null ? News.NOTHING : News.ENDS, this, NONE);
  }
}
