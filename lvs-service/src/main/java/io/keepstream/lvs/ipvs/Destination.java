package io.keepstream.lvs.ipvs;

/**
 * A destination of a virtual service.
 *
 * @param weight 0 to 2147483647; 0 gets no new connections
 * @param upperThreshold connections above which it gets no new ones; 0 is none
 * @param lowerThreshold connections below which it gets new ones again; 0 is none
 */
public record Destination(
    DestinationKey key,
    int weight,
    Forwarding forwarding,
    long upperThreshold,
    long lowerThreshold) {

  /** The same destination with another weight. */
  public Destination withWeight(int other) {
    return new Destination(key, other, forwarding, upperThreshold, lowerThreshold);
  }
}
