package io.keepstream.linux.file;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.FdChannel;
import io.keepstream.linux.socket.FdChannel.Interest;
import io.keepstream.linux.wire.InotifyEvents;
import io.netty.channel.IoEventLoop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Tells what is written, created, renamed and removed in directories, on an event loop. The network
 * file systems tell only what this host itself does to them.
 */
public final class Inotify implements AutoCloseable {
  /** Who is told, on the event loop. */
  public interface Listener {
    /** Something happened to these entries of a watched directory, or to more than are named. */
    void onEvents(InotifyEvents events);

    /** Reading failed, or the other callback has thrown; the watching goes on. */
    void onError(Throwable cause);
  }

  private static final int MASK =
      InotifyEvents.IN_CLOSE_WRITE
          | InotifyEvents.IN_MOVED_FROM
          | InotifyEvents.IN_MOVED_TO
          | InotifyEvents.IN_CREATE
          | InotifyEvents.IN_DELETE
          | InotifyEvents.IN_ONLYDIR;
  private static final int READ_BYTES = 1 << 14;

  private final Libc libc;
  private final Fd fd;
  private final Listener listener;
  private final MemorySegment buffer = Arena.ofAuto().allocate(READ_BYTES, Long.BYTES);
  private final FdChannel channel;

  private Inotify(Libc libc, IoEventLoop loop, Listener listener) throws ErrnoException {
    this.libc = libc;
    this.listener = listener;
    int flags = Libc.O_NONBLOCK | Libc.O_CLOEXEC;
    fd = new Fd(libc, ErrnoException.check("inotify_init1", libc.inotify_init1(flags)));
    channel = FdChannel.open(loop, fd, Interest.READ, new Reading());
  }

  /** Opens a watch of nothing, on the loop's thread. */
  public static Inotify open(Libc libc, IoEventLoop loop, Listener listener) throws ErrnoException {
    return new Inotify(libc, loop, listener);
  }

  /** Watches a directory as long as it exists; watching it twice is watching it once. */
  public void watch(String directory) throws ErrnoException {
    ErrnoException.check("inotify_add_watch", libc.inotify_add_watch(fd.number(), directory, MASK));
  }

  @Override
  public void close() {
    channel.close();
  }

  private final class Reading implements FdChannel.Handler {
    @Override
    public void onReadable() {
      long length = libc.read(fd.number(), buffer, buffer.byteSize());
      if (length > 0) {
        listener.onEvents(InotifyEvents.read(buffer, length));
      } else if (length != -Errno.EAGAIN) {
        listener.onError(new ErrnoException("read", (int) -length));
      }
    }

    @Override
    public void onError(Throwable cause) {
      listener.onError(cause);
    }
  }
}
