package io.keepstream.lvs.ipvs;

/** What has passed through a service or destination since it was added or its counters zeroed. */
public record Counters(
    long connections, long packetsIn, long packetsOut, long bytesIn, long bytesOut) {
  public static final Counters ZERO = new Counters(0, 0, 0, 0, 0);
}
