package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keepstream.linux.lab.Await;
import io.keepstream.linux.lab.KernelTest;
import io.keepstream.linux.lab.Loop;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.netlink.ProcessNews.Ended;
import io.keepstream.linux.netlink.ProcessNews.Executed;
import io.keepstream.linux.netlink.ProcessNews.Forked;
import io.keepstream.linux.netlink.ProcessNews.Listening;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@KernelTest
@Timeout(30)
final class ProcessMonitorKernelTest {
  @AutoClose private final Loop loop = new Loop();
  private final List<ProcessNews> news = new CopyOnWriteArrayList<>();
  private final List<Throwable> errors = new CopyOnWriteArrayList<>();

  @Test
  void tellsOfAProcessFromBeginningToEnd() throws Exception {
    ProcessMonitor monitor = loop.call(this::start);
    Await.until("an answer", () -> news.stream().anyMatch(Listening.class::isInstance));
    assertThat(news).contains(new Listening(0));
    Process process = new ProcessBuilder("/bin/true").start();
    int pid = (int) process.pid();
    Await.until("its end", () -> news.contains(new Ended(pid)));
    List<ProcessNews> ofIt =
        news.stream().filter(one -> isOf(pid, one)).filter(one -> !isRename(one)).toList();
    assertThat(ofIt.getFirst()).isInstanceOf(Forked.class);
    assertThat(ofIt.getLast()).isEqualTo(new Ended(pid));
    assertThat(ofIt.subList(1, ofIt.size() - 1)).isNotEmpty().containsOnly(new Executed(pid));
    assertThat(errors).isEmpty();
    loop.call(
        () -> {
          monitor.close();
          return null;
        });
  }

  private ProcessMonitor start() throws ErrnoException {
    try {
      return ProcessMonitor.start(
          new ForeignLibc(),
          loop.io(),
          NetlinkSocket.DEFAULT_RECEIVE_BUFFER_BYTES,
          new ProcessMonitor.Listener() {
            @Override
            public void onNews(ProcessNews one) {
              news.add(one);
            }

            @Override
            public void onOverrun() {}

            @Override
            public void onError(Throwable cause) {
              errors.add(cause);
            }
          });
    } catch (ErrnoException e) {
      assumeTrue(false, "no process connector here: " + e.getMessage());
      throw e;
    }
  }

  private static boolean isOf(int pid, ProcessNews news) {
    return switch (news) {
      case Listening _ -> false;
      case Forked(int _, int child) -> child == pid;
      case Executed(int executed) -> executed == pid;
      case ProcessNews.Renamed(int renamed, String _) -> renamed == pid;
      case Ended(int ended) -> ended == pid;
    };
  }

  private static boolean isRename(ProcessNews news) {
    return news instanceof ProcessNews.Renamed;
  }
}
