package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandoverTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final IoEventLoop from = EventLoops.dedicated("from");
  private final IoEventLoop to = EventLoops.dedicated("to");
  private final Handover handover = new Handover(from, to);
  private final List<Integer> done = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    var _ = from.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    var _ = to.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }

  private void hand(int number) {
    handover.execute(
        () -> {
          assertThat(to.inEventLoop()).isTrue();
          if (number == 3) {
            throw new IllegalStateException("for the test");
          }
          done.add(number);
        });
  }

  @Test
  void theOrderStaysAndWhatThrowsTakesNothingWithIt() {
    from.submit(() -> IntStream.range(0, 10).forEach(this::hand)).syncUninterruptibly();
    Await.until(SOON, "all but the third", () -> done.size() == 9);
    assertThat(done).containsExactly(0, 1, 2, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void aLoopThatDoesNotComeToItIsLate() {
    CountDownLatch stuck = new CountDownLatch(1);
    assertThat(isLate()).isFalse();
    from.submit(
            () -> {
              handover.execute(() -> await(stuck));
              from.execute(() -> hand(1));
            })
        .syncUninterruptibly();
    Await.until(SOON, "lateness", this::isLate);
    stuck.countDown();
    Await.until(SOON, "its end", () -> !isLate());
    assertThat(done).containsExactly(1);
  }

  private boolean isLate() {
    return from.submit(handover::isLate).syncUninterruptibly().getNow();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void onOneLoopItIsDoneAtOnce() {
    Handover same = new Handover(from, from);
    from.submit(
            () -> {
              same.execute(() -> done.add(1));
              assertThat(done).containsExactly(1);
              assertThat(same.isLate()).isFalse();
            })
        .syncUninterruptibly();
  }
}
