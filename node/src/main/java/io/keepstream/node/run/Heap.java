package io.keepstream.node.run;

import io.keepstream.linux.libc.NativeHeap;
import java.lang.ref.WeakReference;

/** The memory of the process. */
final class Heap {
  /** What a configuration of a usual size leaves behind does not matter. */
  private static final long LARGE_BYTES = 64 << 20;

  private static final int PIECE_BYTES = 64 << 10;
  private static final int MOST_PIECES = 256;

  private Heap() {}

  /**
   * Gives back what a large configuration took while it was read, which is more than it takes
   * afterwards, and has the sizes of the generations follow what lives; of a usual one it collects
   * what is young if it {@code elects}. Either stops the process for some milliseconds, and a
   * takeover would wait for it: to be called before anybody is elected.
   */
  static void tidy(boolean elects) {
    Runtime runtime = Runtime.getRuntime();
    if (runtime.totalMemory() - runtime.freeMemory() > LARGE_BYTES) {
      System.gc();
    } else if (elects) {
      collectYoung();
    }
  }

  /** The JVM has no word for it, so the rest of the nursery is used up. */
  private static void collectYoung() {
    WeakReference<byte[]> first = piece();
    for (int i = 0; i < MOST_PIECES && first.get() != null; i++) {
      piece();
    }
  }

  private static WeakReference<byte[]> piece() {
    return new WeakReference<>(new byte[PIECE_BYTES]);
  }

  /** Gives back what the JVM took to load and compile, some megabytes. */
  static Void trim() {
    NativeHeap.trim();
    return null;
  }
}
