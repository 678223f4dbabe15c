package io.keepstream.linux.socket;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.EventPoll;
import java.util.concurrent.TimeUnit;

/**
 * A connection over which one question goes out, and an answer comes back until its listener closes
 * it. See {@link TcpProber#ask}.
 */
public final class TcpQuestion extends SharedPoll.Waiter implements AutoCloseable {
  /** What happens on the connection. */
  public interface Listener {
    /** There is a connection; the question goes out now. */
    void onConnected();

    /** A piece of the answer: the first {@code length} of {@code bytes}, which are used again. */
    void onReceived(byte[] bytes, int length);

    /** The other end will send nothing more; the connection is to be closed. */
    void onEnd();

    /** Never connected, or connected no more; a positive error number such as ECONNREFUSED. */
    void onError(int errno);
  }

  /** So that a flood leaves the loop to timers and other sockets now and then. */
  private static final int PIECES_PER_WAKE_UP = 4;

  /** Told of what is new only, so that being able to send wakes nobody up again and again. */
  private static final int WATCHED =
      EventPoll.EPOLLIN | EventPoll.EPOLLOUT | EventPoll.EPOLLRDHUP | EventPoll.EPOLLET;

  private final TcpProber prober;
  private final byte[] question;
  private final Listener listener;
  private int fd = TcpProber.NO_SOCKET;
  private int sent;
  private boolean connected;
  private boolean toTheEnd;
  private boolean goesOn;

  TcpQuestion(TcpProber prober, byte[] question, Listener listener) {
    this.prober = prober;
    this.question = question;
    this.listener = listener;
  }

  void start(ProbeTarget target) {
    prober.sockets().enter(this);
    int errno = tryStart(target);
    if (errno != 0) {
      prober.loop().execute(() -> fail(errno));
    }
  }

  private int tryStart(ProbeTarget target) {
    try {
      fd = prober.sockets().open(target);
    } catch (ErrnoException e) {
      return e.errno();
    }
    int errno = prober.connect(target, fd);
    return errno == 0 || errno == Errno.EINPROGRESS
        ? prober.sockets().watch(this, fd, WATCHED)
        : errno;
  }

  private void fail(int errno) {
    if (isWaiting()) {
      listener.onError(errno);
    }
  }

  /** Ends the connection as both ends expect it; nothing is told any more. */
  @Override
  public void close() {
    end(false);
  }

  /** Ends the connection with a reset; nothing is told any more. */
  public void reset() {
    end(true);
  }

  private void end(boolean withReset) {
    if (isWaiting()) {
      prober.sockets().leave(this);
      if (fd != TcpProber.NO_SOCKET) {
        prober.end(fd, withReset);
      }
    }
  }

  @Override
  void onReady(int events) {
    if (!connected) {
      int errno = EventPoll.isBroken(events) ? prober.sockets().error(fd) : 0;
      if (errno != 0) {
        listener.onError(errno);
        return;
      }
      connected = true;
      listener.onConnected();
    }
    if (isWaiting() && sent < question.length) {
      send();
    }
    if (isWaiting() && EventPoll.isReadable(events)) {
      toTheEnd |= EventPoll.hasEnded(events);
      if (!goesOn) {
        receive();
      }
    }
  }

  private void send() {
    do {
      int more = prober.buffer().send(prober.libc(), fd, question, sent);
      if (more < 0) {
        if (more != -Errno.EAGAIN) {
          listener.onError(-more);
        }
        return;
      }
      sent += more;
    } while (sent < question.length);
  }

  /** Reads until nothing is left; of an end that comes later the kernel will tell. */
  private void receive() {
    for (int i = 0; i < PIECES_PER_WAKE_UP; i++) {
      int length = prober.buffer().receive(prober.libc(), fd);
      if (length == -Errno.EAGAIN) {
        return;
      }
      if (length < 0) {
        listener.onError(-length);
        return;
      }
      if (length == 0) {
        listener.onEnd();
        return;
      }
      listener.onReceived(prober.buffer().received(), length);
      if (!isWaiting() || (!toTheEnd && !TcpBuffer.isFull(length))) {
        return;
      }
    }
    goesOn = true;
    // What is merely executed would go on before any other socket and timer.
    var _ = prober.loop().schedule(this::receiveMore, 0, TimeUnit.NANOSECONDS);
  }

  private void receiveMore() {
    goesOn = false;
    if (isWaiting()) {
      receive();
    }
  }
}
