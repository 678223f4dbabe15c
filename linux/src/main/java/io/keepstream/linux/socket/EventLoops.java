package io.keepstream.linux.socket;

import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;

/** Event loops that can watch any file descriptor. */
public final class EventLoops {
  private static final long LEAST_SLACK_NANOS = 1;

  private EventLoops() {}

  /**
   * A new loop on a platform thread of its own, for work that nothing else may hold up. The kernel
   * wakes it as punctually as it can: by default it may let a thread oversleep by 50 microseconds.
   * The loop ends with {@link IoEventLoop#shutdownGracefully()}, which closes the channels that are
   * still open.
   *
   * @throws IllegalStateException if Netty's native epoll library cannot be used here
   */
  public static IoEventLoop dedicated(String threadName) {
    if (!Epoll.isAvailable()) {
      throw new IllegalStateException(
          "Netty's epoll library does not load; it unpacks itself into the temporary directory,"
              + " which must not be mounted noexec, unless java.library.path has it",
          Epoll.unavailabilityCause());
    }
    return new MultiThreadIoEventLoopGroup(
            1,
            task -> {
              Runnable punctual =
                  () -> {
                    new ForeignLibc().prctl(Libc.PR_SET_TIMERSLACK, LEAST_SLACK_NANOS);
                    task.run();
                  };
              Thread thread = new FastThreadLocalThread(punctual, threadName);
              thread.setDaemon(true);
              return thread;
            },
            EpollIoHandler.newFactory())
        .next();
  }

  /**
   * Somebody else's loop, such as that of a Vert.x context, as one that can watch descriptors.
   *
   * @throws IllegalStateException if the loop does not run on epoll
   */
  public static IoEventLoop epoll(EventLoop loop) {
    if (loop instanceof IoEventLoop io && io.isCompatible(EpollIoHandle.class)) {
      return io;
    }
    throw new IllegalStateException(
        "not an epoll event loop: " + loop.getClass().getName(), Epoll.unavailabilityCause());
  }
}
