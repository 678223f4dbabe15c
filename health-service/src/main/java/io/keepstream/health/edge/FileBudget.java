package io.keepstream.health.edge;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.OpenFileLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many attempts may run at the same time, each of which has a file open.
 *
 * @param attempts that many
 * @param limit how many files the process may open after all that could be done
 */
record FileBudget(int attempts, long limit) {
  /** Files that the rest of the process needs: libraries, sockets, journals, logs. */
  static final long RESERVE = 512;

  private static final int LEAST = 16;
  private static final Logger log = LoggerFactory.getLogger(FileBudget.class);

  /** The budget for {@code checks}, having raised the limit if that takes it. */
  static FileBudget raisedFor(int checks) {
    try {
      OpenFileLimit limit = OpenFileLimit.now();
      long needed = checks + RESERVE;
      return of(checks, limit.soft() >= needed ? limit.soft() : raised(limit, needed));
    } catch (ErrnoException e) {
      log.warn("The limit of open files is not known: {}", e.getMessage());
      return of(checks, checks + RESERVE);
    }
  }

  static FileBudget of(int checks, long limit) {
    long left = Math.max(LEAST, limit - RESERVE);
    return new FileBudget((int) Math.min(left, Integer.MAX_VALUE), limit);
  }

  private static long raised(OpenFileLimit limit, long needed) {
    for (OpenFileLimit wanted :
        new OpenFileLimit[] {
          new OpenFileLimit(needed, Math.max(needed, limit.hard())),
          new OpenFileLimit(limit.hard(), limit.hard())
        }) {
      try {
        wanted.set();
        return wanted.soft();
      } catch (ErrnoException e) {
        log.debug("cannot have {} open files: {}", wanted.soft(), e.getMessage());
      }
    }
    return limit.soft();
  }

  /** What to say when {@code checks} do not fit; empty when they do. */
  String complaint(int checks) {
    return checks <= attempts
        ? ""
        : ("%d checks may need %d open files at the same time, and this process may have %d: at"
                + " most %d attempts run at the same time, others wait. Raise the limit to %d"
                + " (LimitNOFILE= of the systemd unit, ulimit -n of a shell, --ulimit nofile= of a"
                + " container)")
            .formatted(checks, checks + RESERVE, limit, attempts, checks + RESERVE);
  }
}
