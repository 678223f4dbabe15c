package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.FdChannel;
import io.keepstream.linux.socket.FdChannel.Interest;
import io.keepstream.linux.wire.Netlink;
import io.netty.channel.IoEventLoop;

/**
 * Tells which processes begin, change and end, as they do, by the kernel's process connector.
 *
 * <p>The kernel offers it in the first network, user and process namespaces only, to CAP_NET_ADMIN.
 * Elsewhere opening or starting fails, or {@link ProcessNews.Listening} never comes: silence there
 * means nothing.
 */
public final class ProcessMonitor implements AutoCloseable {
  /** Who is told, on the event loop. */
  public interface Listener {
    void onNews(ProcessNews news);

    /** The kernel had to drop news: what was known may be wrong, look at all processes anew. */
    void onOverrun();

    /** Reading failed, or another callback has thrown; the monitor goes on. */
    void onError(Throwable cause);
  }

  private final NetlinkSocket socket;
  private final FdChannel channel;

  private ProcessMonitor(NetlinkSocket socket, FdChannel channel) {
    this.socket = socket;
    this.channel = channel;
  }

  /**
   * Starts to tell, on the loop's thread.
   *
   * @param receiveBufferBytes how much may wait before the kernel drops news
   */
  public static ProcessMonitor start(
      Libc libc, IoEventLoop loop, int receiveBufferBytes, Listener listener)
      throws ErrnoException {
    NetlinkSocket socket =
        NetlinkSocket.open(
            libc, Netlink.NETLINK_CONNECTOR, receiveBufferBytes, ProcessMessages.CN_IDX_PROC);
    NewsReading reading =
        new NewsReading(
            socket,
            message -> ProcessMessages.decode(message, socket.portId()).ifPresent(listener::onNews),
            () -> {},
            listener::onOverrun,
            listener::onError);
    ProcessMonitor monitor =
        new ProcessMonitor(socket, FdChannel.open(loop, socket.fd(), Interest.READ, reading));
    try {
      socket.send(ProcessMessages.listen(socket.portId()));
      return monitor;
    } catch (ErrnoException e) {
      monitor.channel.close();
      throw e;
    }
  }

  /** Stops, on the loop's thread. */
  @Override
  public void close() {
    try {
      // Kernels before 6.6 count who listens and do not notice that a socket is gone.
      socket.send(ProcessMessages.ignore());
    } catch (ErrnoException ignored) {
      // Then the kernel goes on to prepare news that nobody reads.
    }
    channel.close();
  }
}
