package io.keepstream.lvs.ipvs;

/**
 * How packets are wrapped for a destination behind a tunnel.
 *
 * @param port the UDP port of GUE, else 0
 */
public record Tunnel(Type type, int port, Checksum checksum) {
  /** Plain IP in IP, which is also what destinations without a tunnel have. */
  public static final Tunnel IPIP = new Tunnel(Type.IPIP, 0, Checksum.NONE);

  /** The wrapping; the ordinal is the kernel's number. */
  public enum Type {
    IPIP,
    GUE,
    GRE
  }

  /** The wrapping's checksum; the ordinal is the kernel's number. */
  public enum Checksum {
    NONE,
    FULL,
    REMOTE
  }
}
