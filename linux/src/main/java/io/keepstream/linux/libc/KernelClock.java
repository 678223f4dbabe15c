package io.keepstream.linux.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The wall clock as the kernel keeps it (adjtimex(2)). */
public final class KernelClock {
  /** More than the structure timex has on any platform; all zero, it only reads. */
  private static final int TIMEX_LENGTH = 256;

  private static final int TIME_ERROR = 5;
  private static final MethodHandle ADJTIMEX =
      ForeignLibc.call("adjtimex", FunctionDescriptor.of(JAVA_INT, ADDRESS));

  private KernelClock() {}

  /** Whether something has put the clock right, and not long ago. */
  public static boolean isSynchronized() throws ErrnoException {
    MemorySegment state = ForeignLibc.STATE.get();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timex = arena.allocate(TIMEX_LENGTH, Long.BYTES);
      int clock = ForeignLibc.result((int) ADJTIMEX.invokeExact(state, timex), state);
      return ErrnoException.check("adjtimex", clock) != TIME_ERROR;
    } catch (ErrnoException e) {
      throw e;
    } catch (Throwable e) {
      throw ForeignLibc.unexpected(e);
    }
  }
}
