package io.keepstream.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.linux.lab.Await;
import io.keepstream.linux.lab.Loop;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.FdChannel.Handler;
import io.keepstream.linux.socket.FdChannel.Interest;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class FdChannelTest {
  @AutoClose private final Loop loop = new Loop();
  @AutoClose private UdpPair pair;
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void openPair() throws Exception {
    pair = new UdpPair();
  }

  private class Counting implements Handler {
    @Override
    public void onReadable() {
      while (pair.read()) {
        reads.incrementAndGet();
      }
    }

    @Override
    public void onWritable() {
      writes.incrementAndGet();
    }

    @Override
    public void onError(Throwable cause) {
      errors.add(cause);
    }
  }

  private FdChannel open(Interest interest, Handler handler) throws Exception {
    return loop.call(() -> FdChannel.open(loop.io(), pair.receiver(), interest, handler));
  }

  @Test
  void tellsWhatCanBeRead() throws Exception {
    open(Interest.READ, new Counting());
    for (int i = 1; i <= 3; i++) {
      int expected = i;
      pair.send();
      Await.until("datagram " + i, () -> reads.get() == expected);
    }
    assertThat(writes).hasValue(0);
    assertThat(errors).isEmpty();
  }

  @Test
  void tellsOnlyWhatIsOfInterest() throws Exception {
    FdChannel channel = open(Interest.NONE, new Counting());
    pair.send();
    loop.call(() -> reads.get());
    assertThat(reads).hasValue(0);

    setInterest(channel, Interest.WRITE);
    Await.until("writable", () -> writes.get() > 0);
    assertThat(reads).hasValue(0);

    setInterest(channel, Interest.READ_WRITE);
    Await.until("readable", () -> reads.get() == 1);

    setInterest(channel, Interest.NONE);
    int before = loop.call(writes::get);
    assertThat(loop.call(writes::get)).isEqualTo(before);
  }

  private void setInterest(FdChannel channel, Interest interest) throws Exception {
    loop.call(
        () -> {
          channel.interest(interest);
          return null;
        });
  }

  @Test
  void aHangUpIsFoundByReadingIt(@TempDir Path directory) throws Exception {
    Libc libc = new ForeignLibc();
    String path = directory.resolve("fifo").toString();
    ErrnoException.check("mkfifo", libc.mkfifo(path, 0600));
    Fd reader = new Fd(libc, libc.open(path, Libc.O_RDONLY | Libc.O_NONBLOCK, 0));
    int writer = libc.open(path, Libc.O_WRONLY | Libc.O_NONBLOCK, 0);
    AtomicInteger told = new AtomicInteger();
    Handler handler =
        new Counting() {
          @Override
          public void onReadable() {
            told.incrementAndGet();
          }
        };
    FdChannel channel = loop.call(() -> FdChannel.open(loop.io(), reader, Interest.READ, handler));
    libc.close(writer);
    Await.until("hang-up", () -> told.get() > 0);
    channel.close();
  }

  @Test
  void anExceptionOfACallbackIsReportedAndHoldsNothingUp() throws Exception {
    AtomicInteger thrown = new AtomicInteger();
    open(
        Interest.READ,
        new Counting() {
          @Override
          public void onReadable() {
            super.onReadable();
            throw new IllegalStateException("number " + thrown.incrementAndGet());
          }

          @Override
          public void onError(Throwable cause) {
            super.onError(cause);
            throw new UnsupportedOperationException("worse");
          }
        });
    loop.call(
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((_, cause) -> errors.add(cause));
          return null;
        });
    long startNanos = System.nanoTime();
    for (int i = 1; i <= 3; i++) {
      int expected = i;
      pair.send();
      Await.until("datagram " + i, () -> reads.get() == expected);
    }
    Await.until("all errors", () -> errors.size() == 6);
    assertThat(errors.stream().map(Throwable::getMessage))
        .containsExactly("number 1", "worse", "number 2", "worse", "number 3", "worse");
    // Netty pauses the loop for a second when an exception gets to it.
    assertThat(System.nanoTime() - startNanos).isLessThan(TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void closesFromWithinItsOwnCallback() throws Exception {
    FdChannel[] channel = new FdChannel[1];
    channel[0] =
        open(
            Interest.READ_WRITE,
            new Counting() {
              @Override
              public void onReadable() {
                super.onReadable();
                channel[0].close();
              }

              @Override
              public void onWritable() {
                assertThat(pair.receiver().isOpen()).isTrue();
              }
            });
    pair.send();
    Await.until("closed", () -> !channel[0].isOpen());
    loop.call(reads::get);
    assertThat(errors).isEmpty();
  }

  @Test
  void closesOnceAndFromAnyThread() throws Exception {
    FdChannel channel = open(Interest.READ, new Counting());
    channel.close();
    Await.until("closed", () -> !channel.isOpen());
    channel.close();
    assertThat(pair.receiver().number()).isEqualTo(-1);
  }

  @Test
  void closesWithTheLoop() throws Exception {
    FdChannel channel = open(Interest.READ, new Counting());
    // Without a quiet period Netty may end a loop before it has looked for what is open.
    loop.io().shutdownGracefully(1, 5_000, TimeUnit.MILLISECONDS).syncUninterruptibly();
    assertThat(channel.isOpen()).isFalse();
    channel.close();
  }

  @Test
  void isOpenedOnTheLoopOnly() {
    assertThatIllegalStateException()
        .isThrownBy(() -> FdChannel.open(loop.io(), pair.receiver(), Interest.READ, new Counting()))
        .withMessage("not on the event loop");
  }

  @Test
  void closesWhatCannotBeWatched(@TempDir Path directory) throws Exception {
    Libc libc = new ForeignLibc();
    Fd notPollable = new Fd(libc, libc.open(directory.toString(), Libc.O_RDONLY, 0));
    assertThatThrownBy(
            () ->
                loop.call(
                    () -> FdChannel.open(loop.io(), notPollable, Interest.READ, new Counting())))
        .hasRootCauseMessage("epoll_ctl(..) failed with error(-1): Operation not permitted")
        .cause()
        .hasMessage("epoll_ctl: EPERM: Operation not permitted");
    assertThat(notPollable.isOpen()).isFalse();
  }
}
