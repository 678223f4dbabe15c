package io.keepstream.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How many bytes this thread allocates for something. */
public final class Allocated {
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocated() {}

  /**
   * Does {@code work} once, and again if it took {@code limit} bytes; a first time loads classes.
   */
  public static long by(Runnable work, long limit) {
    long bytes = once(work);
    return bytes < limit ? bytes : Math.min(bytes, once(work));
  }

  private static long once(Runnable work) {
    long before = THREAD.getCurrentThreadAllocatedBytes();
    work.run();
    return THREAD.getCurrentThreadAllocatedBytes() - before;
  }
}
