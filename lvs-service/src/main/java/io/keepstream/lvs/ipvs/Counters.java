package io.keepstream.lvs.ipvs;

/** What passes through a service or destination: numbers, or numbers per second. */
public record Counters(
    long connections, long packetsIn, long packetsOut, long bytesIn, long bytesOut) {
  public static final Counters ZERO = new Counters(0, 0, 0, 0, 0);

  /** These and {@code other} together. */
  public Counters plus(Counters other) {
    return new Counters(
        connections + other.connections,
        packetsIn + other.packetsIn,
        packetsOut + other.packetsOut,
        bytesIn + other.bytesIn,
        bytesOut + other.bytesOut);
  }
}
