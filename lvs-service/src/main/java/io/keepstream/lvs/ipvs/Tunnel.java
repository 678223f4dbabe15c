package io.keepstream.lvs.ipvs;

/**
 * How packets are wrapped for a destination behind a tunnel.
 *
 * @param port the UDP port of GUE, else 0
 */
public record Tunnel(Type type, int port, Checksum checksum) {
  /** Plain IP in IP, which is also what destinations without a tunnel have. */
  public static final Tunnel IPIP = new Tunnel(Type.IPIP, 0, Checksum.NONE);

  /** The wrapping. */
  public enum Type implements Numbered {
    IPIP(0),
    GUE(1),
    GRE(2);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    @Override
    public int number() {
      return number;
    }
  }

  /** The wrapping's checksum. */
  public enum Checksum implements Numbered {
    NONE(0),
    FULL(1),
    REMOTE(2);

    private final int number;

    Checksum(int number) {
      this.number = number;
    }

    @Override
    public int number() {
      return number;
    }
  }
}
