package io.keepstream.election.config;

/**
 * How much room an instance asks for in the receive buffer of the socket it shares with others
 * ({@code vrrp_rx_bufs_policy}, {@code kernel_rx_buf_size}).
 *
 * @param unit what is counted
 * @param amount how many
 */
public record ReceiveBuffer(Unit unit, long amount) {
  /** Nothing is asked for: the socket keeps the size it has. */
  public static final ReceiveBuffer UNSAID = new ReceiveBuffer(Unit.BYTES, 0);

  /** What is counted. */
  public enum Unit {
    BYTES,
    /** Packets as long as the interface carries. */
    MTU,
    /** Packets as long as the instance's own adverts. */
    ADVERT
  }

  /** The room in bytes; 0 when nothing is asked for. */
  public int bytes(int mtu, int advertBytes) {
    long bytes =
        switch (unit) {
          case BYTES -> amount;
          case MTU -> amount * mtu;
          case ADVERT -> amount * advertBytes;
        };
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }
}
