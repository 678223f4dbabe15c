package io.keepstream.linux.libc;

import java.util.Optional;

/** The memory that the C library manages, from which the JVM takes most of its own. */
public final class NativeHeap {
  /** Only the GNU library has it. */
  private static final Optional<NativeFunction> MALLOC_TRIM = NativeFunction.find("malloc_trim");

  private NativeHeap() {}

  /** Gives back to the machine what is free (malloc_trim(3)); takes a millisecond or two. */
  public static void trim() {
    MALLOC_TRIM.ifPresent(function -> function.callInt(0));
  }
}
