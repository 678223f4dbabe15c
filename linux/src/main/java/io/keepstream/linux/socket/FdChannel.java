package io.keepstream.linux.socket;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.UncheckedIOException;

/**
 * A non-blocking file descriptor watched by an event loop (level-triggered). It owns the descriptor
 * and closes it exactly once: on {@link #close} or when the loop shuts down. Everything but {@link
 * #close} happens on the loop.
 */
public final class FdChannel implements AutoCloseable {
  /** What a channel waits for. Without interest not even errors are reported. */
  public enum Interest {
    NONE(0),
    READ(EPOLLIN),
    WRITE(EPOLLOUT),
    READ_WRITE(EPOLLIN | EPOLLOUT);

    private final int mask;

    Interest(int mask) {
      this.mask = mask;
    }

    private boolean in(int ready) {
      return (ready & mask) != 0;
    }
  }

  /**
   * What happens on a channel. An error or hang-up pending on the descriptor is no event of its
   * own: the callbacks of interest run and meet it in their next call to the kernel.
   */
  public interface Handler {
    /** Called again and again until there is nothing left to read. */
    default void onReadable() {}

    /** Called again and again while it would not block. */
    default void onWritable() {}

    /** Another callback has thrown; the channel stays open. */
    void onError(Throwable cause);
  }

  private static final int EPOLLIN = EpollIoOps.EPOLLIN.value();
  private static final int EPOLLOUT = EpollIoOps.EPOLLOUT.value();
  private static final int EPOLLHUP = 0x10;
  private static final int BROKEN = EpollIoOps.EPOLLERR.value() | EPOLLHUP;

  private final IoEventLoop loop;
  private final Fd fd;
  private final Handler handler;
  private Interest interest;
  private IoRegistration registration;

  private FdChannel(IoEventLoop loop, Fd fd, Interest interest, Handler handler) {
    this.loop = loop;
    this.fd = fd;
    this.interest = interest;
    this.handler = handler;
  }

  /**
   * Watches {@code fd}, on the loop's thread. If that fails the descriptor is closed.
   *
   * @throws IllegalStateException if called on another thread
   */
  public static FdChannel open(IoEventLoop loop, Fd fd, Interest interest, Handler handler)
      throws ErrnoException {
    if (!loop.inEventLoop()) {
      throw new IllegalStateException("not on the event loop");
    }
    FdChannel channel = new FdChannel(loop, fd, interest, handler);
    try {
      channel.register();
      return channel;
    } catch (ErrnoException e) {
      channel.close();
      throw e;
    }
  }

  public void interest(Interest wanted) throws ErrnoException {
    if (wanted != interest) {
      interest = wanted;
      submit();
    }
  }

  public boolean isOpen() {
    return fd.isOpen();
  }

  /** Stops watching, then closes the descriptor; from other threads a moment later. */
  @Override
  public void close() {
    if (!fd.isOpen()) {
      return;
    }
    if (loop.inEventLoop()) {
      if (registration != null) {
        registration.cancel();
      }
      fd.close();
    } else {
      loop.execute(this::close);
    }
  }

  /**
   * Stops watching and gives the descriptor away, on the loop's thread: whoever takes the number
   * closes it.
   */
  public int release() {
    if (!loop.inEventLoop()) {
      throw new IllegalStateException("not on the event loop");
    }
    registration.cancel();
    return fd.release();
  }

  private void register() throws ErrnoException {
    Future<IoRegistration> registered = loop.register(new Handle(new FileDescriptor(fd.number())));
    if (registered.cause() != null) {
      throw failure(registered.cause());
    }
    registration = registered.getNow();
    submit();
  }

  private void submit() throws ErrnoException {
    try {
      registration.submit(EpollIoOps.valueOf(interest.mask));
    } catch (UncheckedIOException e) {
      throw failure(e.getCause());
    }
  }

  private static ErrnoException failure(Throwable cause) {
    int errno = cause instanceof NativeIoException known ? -known.expectedErr() : Errno.EIO;
    return (ErrnoException) new ErrnoException("epoll_ctl", errno).initCause(cause);
  }

  // An exception that reached Netty would put the whole loop to sleep for a second.
  private void dispatch(int ready) {
    int effective = (ready & BROKEN) != 0 ? ready | EPOLLIN | EPOLLOUT : ready;
    try {
      if (fd.isOpen() && interest.in(effective & EPOLLIN)) {
        handler.onReadable();
      }
      if (fd.isOpen() && interest.in(effective & EPOLLOUT)) {
        handler.onWritable();
      }
    } catch (Throwable e) {
      report(e);
    }
  }

  private void report(Throwable cause) {
    try {
      handler.onError(cause);
    } catch (Throwable e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  /** Netty's side; {@code netty} is a view of the descriptor that never closes it. */
  private final class Handle implements EpollIoHandle {
    private final FileDescriptor netty;

    Handle(FileDescriptor netty) {
      this.netty = netty;
    }

    @Override
    public FileDescriptor fd() {
      return netty;
    }

    @Override
    public void handle(IoRegistration source, IoEvent event) {
      dispatch(((EpollIoEvent) event).ops().value());
    }

    @Override
    public void close() {
      FdChannel.this.close();
    }
  }
}
