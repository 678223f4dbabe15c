package io.keepstream.notifier.delivery;

/**
 * Whether a sink works.
 *
 * @param working false from the first failure until it has recovered
 * @param sinceNanos when {@code working} last changed
 * @param detail the last thing that went wrong; empty while it works
 * @param dropped messages that were given up or lost since then
 */
public record Health(boolean working, long sinceNanos, String detail, long dropped) {

  static Health workingSince(long nowNanos) {
    return new Health(true, nowNanos, "", 0);
  }

  Health failing(String why, long lost, long nowNanos) {
    return new Health(false, working ? nowNanos : sinceNanos, why, dropped + lost);
  }
}
