package io.keepstream.lvs.config;

/**
 * A real server.
 *
 * @param checked whether anything checks it; without it is always up
 * @param startsDown whether it is down until its checks have passed ({@code alpha})
 * @param inhibitOnFailure whether it stays in the table with weight 0 while it is down
 * @param slowStartNanos how long its weight grows after it came up again; 0 for at once
 */
public record RealServer(
    Server server,
    boolean checked,
    boolean startsDown,
    boolean inhibitOnFailure,
    long slowStartNanos) {

  /** Without slow start. */
  public RealServer(Server server, boolean checked, boolean startsDown, boolean inhibitOnFailure) {
    this(server, checked, startsDown, inhibitOnFailure, 0);
  }

  /** The same with another weight. */
  public RealServer withWeight(int weight) {
    return new RealServer(
        server.withWeight(weight), checked, startsDown, inhibitOnFailure, slowStartNanos);
  }
}
