package io.keepstream.linux.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.keepstream.linux.wire.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * How many files this process may have open (RLIMIT_NOFILE, getrlimit(2)).
 *
 * @param soft the limit in force
 * @param hard what the process may raise it to
 */
public record OpenFileLimit(long soft, long hard) {
  private static final int RLIMIT_NOFILE = 7;
  private static final int RLIMIT_LENGTH = 2 * Long.BYTES;
  private static final MethodHandle GETRLIMIT =
      ForeignLibc.call("getrlimit", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle SETRLIMIT =
      ForeignLibc.call("setrlimit", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

  /** The limit now. */
  public static OpenFileLimit now() throws ErrnoException {
    MemorySegment state = ForeignLibc.STATE.get();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(RLIMIT_LENGTH, Long.BYTES);
      ErrnoException.check(
          "getrlimit",
          ForeignLibc.result((int) GETRLIMIT.invokeExact(state, RLIMIT_NOFILE, limit), state));
      return new OpenFileLimit(
          known(limit.get(Bytes.HOST_LONG, 0)), known(limit.get(Bytes.HOST_LONG, Long.BYTES)));
    } catch (ErrnoException e) {
      throw e;
    } catch (Throwable e) {
      throw ForeignLibc.unexpected(e);
    }
  }

  /** Puts this limit in force. */
  public void set() throws ErrnoException {
    MemorySegment state = ForeignLibc.STATE.get();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(RLIMIT_LENGTH, Long.BYTES);
      limit.set(Bytes.HOST_LONG, 0, soft);
      limit.set(Bytes.HOST_LONG, Long.BYTES, hard);
      ErrnoException.check(
          "setrlimit",
          ForeignLibc.result((int) SETRLIMIT.invokeExact(state, RLIMIT_NOFILE, limit), state));
    } catch (ErrnoException e) {
      throw e;
    } catch (Throwable e) {
      throw ForeignLibc.unexpected(e);
    }
  }

  /** RLIM_INFINITY is all ones. */
  private static long known(long limit) {
    return limit < 0 ? Long.MAX_VALUE : limit;
  }
}
