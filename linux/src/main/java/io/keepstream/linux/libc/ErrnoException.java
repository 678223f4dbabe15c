package io.keepstream.linux.libc;

import java.io.IOException;

/** A call of the kernel that failed, with the error number it gave. */
public final class ErrnoException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final int errno;

  /**
   * A failure of which nothing but the number is known.
   *
   * @param call what was called, such as {@code bind} or {@code setsockopt IP_HDRINCL}
   * @param errno the positive error number
   */
  public ErrnoException(String call, int errno) {
    this(call, errno, "");
  }

  /**
   * A failure that the kernel has said more about.
   *
   * @param detail what the kernel said beyond the number, or empty
   */
  public ErrnoException(String call, int errno, String detail) {
    super(call + ": " + Errno.describe(errno) + (detail.isEmpty() ? "" : " (" + detail + ")"));
    this.call = call;
    this.errno = errno;
  }

  /** Returns {@code result} unless it is a negative error number of {@code call}. */
  public static int check(String call, int result) throws ErrnoException {
    if (result < 0) {
      throw new ErrnoException(call, -result);
    }
    return result;
  }

  public String call() {
    return call;
  }

  public int errno() {
    return errno;
  }

  /** Whether the same call may succeed later without anybody changing anything. */
  public boolean retryable() {
    return switch (errno) {
      case Errno.EAGAIN, Errno.EINTR, Errno.EBUSY, Errno.ENOBUFS, Errno.ENOMEM -> true;
      default -> false;
    };
  }
}
