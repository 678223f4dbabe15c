package io.keepstream.node.run;

import io.keepstream.linux.libc.NativeHeap;

/** The memory of the process. */
final class Heap {
  /** What a configuration of a usual size leaves behind does not matter. */
  private static final long LARGE_BYTES = 64 << 20;

  private Heap() {}

  /**
   * Gives back what a large configuration took while it was read, which is more than it takes
   * afterwards, and has the sizes of the generations follow what lives. It stops the process for
   * some ten milliseconds: to be called before anybody is elected.
   */
  static void tidy() {
    Runtime runtime = Runtime.getRuntime();
    if (runtime.totalMemory() - runtime.freeMemory() > LARGE_BYTES) {
      System.gc();
    }
  }

  /** Gives back what the JVM took to load and compile, some megabytes. */
  static Void trim() {
    NativeHeap.trim();
    return null;
  }
}
