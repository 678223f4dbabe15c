package io.keepstream.election.bfd;

/** Numbers of BFD over UDP (RFC 5881 section 4, RFC 5883 section 5). */
public final class Bfd {
  /** Where packets of a directly connected neighbour arrive. */
  public static final int SINGLE_HOP_PORT = 3784;

  /** Where packets arrive that may have passed routers. */
  public static final int MULTIHOP_PORT = 4784;

  public static final int FIRST_SOURCE_PORT = 49152;
  public static final int LAST_SOURCE_PORT = 65535;

  /** TTL or hop limit that shows on arrival that no router was between (RFC 5082). */
  public static final int HOP_LIMIT = 255;

  /** Length of a control packet without authentication, the only kind we send. */
  public static final int PACKET_BYTES = 24;

  /** The slowest pace at which a session that is not up may be announced, as an interval. */
  public static final long SLOW_MICROS = 1_000_000;

  private Bfd() {}
}
