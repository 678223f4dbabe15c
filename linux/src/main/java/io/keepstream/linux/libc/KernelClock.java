package io.keepstream.linux.libc;

import static io.keepstream.linux.libc.NativeFunction.address;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The wall clock as the kernel keeps it (adjtimex(2)). */
public final class KernelClock {
  /** More than the structure timex has on any platform; all zero, it only reads. */
  private static final int TIMEX_LENGTH = 256;

  private static final int TIME_ERROR = 5;
  private static final NativeFunction ADJTIMEX = new NativeFunction("adjtimex");

  private KernelClock() {}

  /** Whether something has put the clock right, and not long ago. */
  public static boolean isSynchronized() throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timex = arena.allocate(TIMEX_LENGTH, Long.BYTES);
      int clock = ADJTIMEX.callInt(address(timex));
      return ErrnoException.check("adjtimex", clock) != TIME_ERROR;
    }
  }
}
