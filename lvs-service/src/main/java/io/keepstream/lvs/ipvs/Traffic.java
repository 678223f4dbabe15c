package io.keepstream.lvs.ipvs;

/**
 * What passes through a service or destination.
 *
 * @param total since it was added or its counters zeroed
 * @param perSecond the kernel's running estimate, which follows within seconds
 */
public record Traffic(Counters total, Counters perSecond) {
  public static final Traffic NONE = new Traffic(Counters.ZERO, Counters.ZERO);

  /** This and {@code other} together. */
  public Traffic plus(Traffic other) {
    return new Traffic(total.plus(other.total), perSecond.plus(other.perSecond));
  }
}
