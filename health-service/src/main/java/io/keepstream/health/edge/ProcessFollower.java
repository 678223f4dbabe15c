package io.keepstream.health.edge;

import io.keepstream.health.tracker.ProcessPattern;
import io.keepstream.health.tracker.ProcessTable;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.NetlinkSocket;
import io.keepstream.linux.netlink.ProcessMonitor;
import io.keepstream.linux.netlink.ProcessNews;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows how many processes of a kind run, on a thread of its own: to read the command of a
 * process may take as long as that process likes. The kernel tells of changes at once; where it
 * does not, or says that it had to drop some, all processes are looked at within a second, and
 * every five seconds anyway.
 */
final class ProcessFollower implements AutoCloseable {
  private static final long PERIOD_MILLIS = 1000;

  /**
   * How often all processes are looked at although the kernel tells: it drops news in silence too.
   */
  private static final int SWEEP_PERIODS = 5;

  private static final Logger log = LoggerFactory.getLogger(ProcessFollower.class);

  /** A kind of process that is followed. */
  static final class Followed {
    private final ProcessPattern pattern;
    private final IntConsumer told;

    /** Of the thread that is told. */
    private boolean stopped;

    /** Of the thread that looks; negative before the first look. */
    private int last = -1;

    private Followed(ProcessPattern pattern, IntConsumer told) {
      this.pattern = pattern;
      this.told = told;
    }
  }

  private final Libc libc;
  private final Executor home;
  private final SideLoop side = new SideLoop("tracked processes", PERIOD_MILLIS, this::regularly);
  private final List<Followed> followed = new ArrayList<>();
  private ProcessTable table = new ProcessTable(Set.of());

  /** Null while nothing is followed, and where the kernel does not tell. */
  private ProcessMonitor monitor;

  private boolean listening;
  private boolean complained;
  private boolean missedNews;
  private int periodsSinceScan;

  /** Tells what it finds on {@code home}, on which alone its methods are called. */
  ProcessFollower(Libc libc, Executor home) {
    this.libc = libc;
    this.home = home;
  }

  /** Tells how many processes match, soon for the first time, and whenever that changes. */
  Followed follow(ProcessPattern pattern, IntConsumer told) {
    Followed one = new Followed(pattern, told);
    side.execute(() -> add(one));
    return one;
  }

  /** Tells no more. */
  void forget(Followed one) {
    one.stopped = true;
    side.execute(() -> remove(one));
  }

  @Override
  public void close() {
    side.close();
  }

  private void add(Followed one) {
    followed.add(one);
    if (followed.size() == 1) {
      listen();
    }
    renew();
  }

  private void remove(Followed one) {
    followed.remove(one);
    if (followed.isEmpty()) {
      stopListening();
    }
    renew();
  }

  private void renew() {
    table = new ProcessTable(followed.stream().map(one -> one.pattern).collect(Collectors.toSet()));
    scan();
  }

  private void listen() {
    try {
      monitor =
          ProcessMonitor.start(
              libc, side.loop(), NetlinkSocket.DEFAULT_RECEIVE_BUFFER_BYTES, new Listener());
    } catch (ErrnoException e) {
      complain(e.getMessage());
    }
  }

  private void stopListening() {
    listening = false;
    if (monitor != null) {
      monitor.close();
      monitor = null;
    }
  }

  private void complain(String reason) {
    if (!complained) {
      complained = true;
      log.warn("no process events here ({}): looking at /proc every second instead", reason);
    }
  }

  private void regularly() {
    if (followed.isEmpty()) {
      return;
    }
    periodsSinceScan++;
    if (!listening) {
      complain("the kernel does not answer, as inside containers");
    }
    if (!listening || missedNews || periodsSinceScan >= SWEEP_PERIODS) {
      scan();
    }
  }

  private void scan() {
    periodsSinceScan = 0;
    missedNews = false;
    if (!followed.isEmpty()) {
      table.scanned(RunningProcesses.all(table.needsCommands()));
      tell();
    }
  }

  private void take(ProcessNews news) {
    boolean changed =
        switch (news) {
          case ProcessNews.Listening _ -> false;
          case ProcessNews.Forked(int parent, int child) -> table.forked(parent, child);
          case ProcessNews.Executed(int pid) ->
              RunningProcesses.one(pid, table.needsCommands())
                  .map(process -> table.executed(pid, process))
                  .orElseGet(() -> table.ended(pid));
          case ProcessNews.Renamed(int pid, String name) -> table.renamed(pid, name);
          case ProcessNews.Ended(int pid) -> table.ended(pid);
        };
    if (changed) {
      tell();
    }
  }

  private void tell() {
    for (Followed one : followed) {
      int count = table.count(one.pattern);
      if (count != one.last) {
        one.last = count;
        home.execute(
            () -> {
              if (!one.stopped) {
                one.told.accept(count);
              }
            });
      }
    }
  }

  private final class Listener implements ProcessMonitor.Listener {
    @Override
    public void onNews(ProcessNews news) {
      if (news instanceof ProcessNews.Listening(int errno)) {
        answered(errno);
      } else if (listening) {
        take(news);
      }
    }

    private void answered(int errno) {
      if (errno == 0) {
        listening = true;
        scan();
      } else {
        complain(new ErrnoException("cn_proc", errno).getMessage());
      }
    }

    @Override
    public void onOverrun() {
      missedNews = true;
    }

    @Override
    public void onError(Throwable cause) {
      log.warn("news of processes could not be taken in", cause);
      missedNews = true;
    }
  }
}
