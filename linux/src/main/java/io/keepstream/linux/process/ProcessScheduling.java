package io.keepstream.linux.process;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.Libc;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the kernel is to treat this process.
 *
 * @param rtPriority real-time round-robin priority, 1 to 99; 0 for none
 * @param locked whether its memory must not be swapped out
 */
public record ProcessScheduling(int rtPriority, boolean locked) {
  /** As any other process. */
  public static final ProcessScheduling USUAL = new ProcessScheduling(0, false);

  private static final Path THREADS = Path.of("/proc/self/task");

  /** What serves both this and {@code other}. */
  public ProcessScheduling with(ProcessScheduling other) {
    return new ProcessScheduling(Math.max(rtPriority, other.rtPriority), locked || other.locked);
  }

  /**
   * Applies this to the whole process; threads and children that come later are as usual. Other
   * threads get one priority less than {@code foremost}: they must get to the points where a
   * collection can begin, which {@code foremost} waits for too, but they must not take its turn.
   *
   * @param before what was applied last; what this does not ask for either stays as it is
   * @param foremost the name of the thread that nothing may hold up
   * @return what the kernel refused, for people
   */
  public List<String> apply(Libc libc, ProcessScheduling before, String foremost) {
    List<String> refused = new ArrayList<>();
    if (locked) {
      int error = -libc.mlockall(Libc.MCL_CURRENT | Libc.MCL_FUTURE | Libc.MCL_ONFAULT);
      if (error != 0) {
        refused.add("the process cannot be kept from swapping: " + Errno.describe(error));
      }
    } else if (before.locked) {
      libc.munlockall();
    }
    if (rtPriority > 0 || before.rtPriority > 0) {
      schedule(libc, foremost, refused);
    }
    return refused;
  }

  private void schedule(Libc libc, String foremost, List<String> refused) {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        int error = schedule(libc, thread, foremost);
        if (error != 0 && error != Errno.ESRCH) {
          refused.add("no real-time priority %d: %s".formatted(rtPriority, Errno.describe(error)));
          break;
        }
      }
    } catch (IOException e) {
      refused.add("the threads of this process cannot be listed: " + e);
    }
  }

  private int schedule(Libc libc, Path thread, String foremost) {
    int tid = Integer.parseInt(thread.getFileName().toString());
    if (rtPriority == 0) {
      return -libc.sched_setscheduler(tid, Libc.SCHED_OTHER, 0);
    }
    boolean first = name(thread).equals(foremost);
    return -libc.sched_setscheduler(
        tid,
        Libc.SCHED_RR | Libc.SCHED_RESET_ON_FORK,
        first ? rtPriority : Math.max(1, rtPriority - 1));
  }

  /** Its name, of which the kernel keeps 15 bytes; empty when it has ended. */
  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
