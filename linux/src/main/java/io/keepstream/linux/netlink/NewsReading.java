package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.socket.FdChannel;
import io.keepstream.linux.wire.NetlinkReader;
import java.util.function.Consumer;

/**
 * Reads what the kernel sends unasked.
 *
 * @param settled called when all that waited, or a good part of it, has been told
 * @param overrun called when the kernel had to drop something
 */
record NewsReading(
    NetlinkSocket socket,
    Consumer<NetlinkReader> onMessage,
    Runnable settled,
    Runnable overrun,
    Consumer<Throwable> failure)
    implements FdChannel.Handler {
  /** So that a flood of news leaves the loop to others now and then. */
  private static final int DATAGRAMS_PER_WAKE_UP = 64;

  /** More than a receive buffer holds. */
  private static final int DATAGRAMS_PER_OVERRUN = 65_536;

  @Override
  public void onReadable() {
    int result = 0;
    for (int i = 0; i < DATAGRAMS_PER_WAKE_UP && result >= 0; i++) {
      result = socket.receive(onMessage);
    }
    settled.run();
    switch (-result) {
      case Errno.ENOBUFS, Errno.EMSGSIZE -> {
        discardOlderNews();
        overrun.run();
      }
      case Errno.EAGAIN -> {}
      default -> {
        if (result < 0) {
          failure.accept(new ErrnoException("recvmsg", -result));
        }
      }
    }
  }

  /** What waited before the overrun is older than what the listener reads anew. */
  private void discardOlderNews() {
    int result = -Errno.ENOBUFS;
    for (int i = 0; i < DATAGRAMS_PER_OVERRUN && (result >= 0 || result == -Errno.ENOBUFS); i++) {
      result = socket.receive(message -> {});
    }
  }

  @Override
  public void onError(Throwable cause) {
    failure.accept(cause);
  }
}
