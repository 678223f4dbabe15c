package io.keepstream.linux.socket;

import io.keepstream.linux.libc.Errno;
import java.util.function.IntConsumer;

/** A socket that packets are read from one by one. */
public interface PacketReceiver {
  /** So that a flood leaves the loop to timers and other sockets now and then. */
  int PACKETS_PER_WAKE_UP = 256;

  /**
   * Reads the next packet into {@code datagram}.
   *
   * @return the payload's length, {@code -EAGAIN} if there is none, or another negative error
   *     number
   */
  int receive(Datagram datagram);

  /**
   * Reads what has arrived, up to {@link #PACKETS_PER_WAKE_UP}, into {@code datagram}, one packet
   * after the other.
   *
   * @param taker takes the payload's length of each; the rest is in {@code datagram} until it
   *     returns
   */
  default void drain(Datagram datagram, IntConsumer taker) {
    for (int i = 0; i < PACKETS_PER_WAKE_UP; i++) {
      int length = receive(datagram);
      if (length == -Errno.EAGAIN) {
        return;
      }
      if (length >= 0) {
        taker.accept(length);
      }
    }
  }
}
