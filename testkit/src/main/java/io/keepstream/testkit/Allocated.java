package io.keepstream.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How many bytes this thread allocates for something. */
public final class Allocated {
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int ATTEMPTS = 4;

  private Allocated() {}

  /**
   * Does {@code work} once; if that took {@code limit} bytes, some times more, since the first
   * times load classes.
   *
   * @return the fewest bytes that it took
   */
  public static long by(Runnable work, long limit) {
    long fewest = once(work);
    for (int again = 0; again < ATTEMPTS && fewest >= limit; again++) {
      fewest = Math.min(fewest, once(work));
    }
    return fewest;
  }

  private static long once(Runnable work) {
    long before = THREAD.getCurrentThreadAllocatedBytes();
    work.run();
    return THREAD.getCurrentThreadAllocatedBytes() - before;
  }
}
