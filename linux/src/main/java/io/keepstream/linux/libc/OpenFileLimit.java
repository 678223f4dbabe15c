package io.keepstream.linux.libc;

import static io.keepstream.linux.libc.NativeFunction.address;

import io.keepstream.linux.wire.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * How many files this process may have open (RLIMIT_NOFILE, getrlimit(2)).
 *
 * @param soft the limit in force
 * @param hard what the process may raise it to
 */
public record OpenFileLimit(long soft, long hard) {
  private static final int RLIMIT_NOFILE = 7;
  private static final int RLIMIT_LENGTH = 2 * Long.BYTES;
  private static final NativeFunction GETRLIMIT = new NativeFunction("getrlimit");
  private static final NativeFunction SETRLIMIT = new NativeFunction("setrlimit");

  /** The limit now. */
  public static OpenFileLimit now() throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(RLIMIT_LENGTH, Long.BYTES);
      ErrnoException.check("getrlimit", GETRLIMIT.callInt(RLIMIT_NOFILE, address(limit)));
      return new OpenFileLimit(
          known(limit.get(Bytes.HOST_LONG, 0)), known(limit.get(Bytes.HOST_LONG, Long.BYTES)));
    }
  }

  /** Puts this limit in force. */
  public void set() throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(RLIMIT_LENGTH, Long.BYTES);
      limit.set(Bytes.HOST_LONG, 0, soft);
      limit.set(Bytes.HOST_LONG, Long.BYTES, hard);
      ErrnoException.check("setrlimit", SETRLIMIT.callInt(RLIMIT_NOFILE, address(limit)));
    }
  }

  /** RLIM_INFINITY is all ones. */
  private static long known(long limit) {
    return limit < 0 ? Long.MAX_VALUE : limit;
  }
}
