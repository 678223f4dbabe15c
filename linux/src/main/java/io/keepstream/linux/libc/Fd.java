package io.keepstream.linux.libc;

import java.util.concurrent.atomic.AtomicInteger;

/** An open file descriptor with one owner; closes exactly once. */
public final class Fd implements AutoCloseable {
  private static final int CLOSED = -1;

  private final Libc libc;
  private final AtomicInteger number;

  public Fd(Libc libc, int number) {
    this.libc = libc;
    this.number = new AtomicInteger(number);
  }

  /**
   * The number, or -1 once closed, so that a late call meets EBADF and never another file that was
   * given the same number.
   */
  public int number() {
    return number.get();
  }

  public boolean isOpen() {
    return number() != CLOSED;
  }

  /** Gives the descriptor away: the number, which somebody else closes from now on. */
  public int release() {
    return number.getAndSet(CLOSED);
  }

  @Override
  public void close() {
    int open = number.getAndSet(CLOSED);
    if (open != CLOSED) {
      libc.close(open);
    }
  }

  @Override
  public String toString() {
    return "fd " + number();
  }
}
