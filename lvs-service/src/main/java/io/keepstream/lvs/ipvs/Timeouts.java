package io.keepstream.lvs.ipvs;

/**
 * How long idle connections stay known.
 *
 * @param tcpSeconds established TCP connections
 * @param tcpFinSeconds TCP connections after a FIN
 * @param udpSeconds UDP
 */
public record Timeouts(long tcpSeconds, long tcpFinSeconds, long udpSeconds) {
  /** All as the kernel has them: in what is wanted, 0 leaves a value as it is. */
  public static final Timeouts UNCHANGED = new Timeouts(0, 0, 0);

  /** These where they say something, else those of {@code other}. */
  public Timeouts or(Timeouts other) {
    return new Timeouts(
        tcpSeconds == 0 ? other.tcpSeconds : tcpSeconds,
        tcpFinSeconds == 0 ? other.tcpFinSeconds : tcpFinSeconds,
        udpSeconds == 0 ? other.udpSeconds : udpSeconds);
  }

  @Override
  public String toString() {
    return "tcp %d s, tcpfin %d s, udp %d s".formatted(tcpSeconds, tcpFinSeconds, udpSeconds);
  }
}
