package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AfterAdvertsTest {
  private final IoEventLoop loop = EventLoops.dedicated("after adverts");
  private final AtomicLong nextAdvertNanos = new AtomicLong(Long.MAX_VALUE);
  private final AfterAdverts afterAdverts =
      new AfterAdverts(loop, nextAdvertNanos::get, TimeUnit.SECONDS.toNanos(10));
  private final List<String> done = new ArrayList<>();
  private final LoopAlarm alarm = new LoopAlarm(new Alarms(loop), this::advert);

  @AfterEach
  void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void anAdvertThatIsDueInAMomentComesFirst() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    loop.execute(
        () -> {
          long dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
          nextAdvertNanos.set(dueNanos);
          alarm.rearm(dueNanos);
          done.add("first advert");
          afterAdverts.execute(() -> done.add("first address"));
          afterAdverts.behind(
              () -> {
                done.add("group");
                ended.countDown();
              });
        });
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(done).containsExactly("first advert", "second advert", "first address", "group");
  }

  @Test
  void oneThatNeverComesIsNotWaitedFor() throws Exception {
    nextAdvertNanos.set(System.nanoTime());
    AfterAdverts impatient =
        new AfterAdverts(loop, nextAdvertNanos::get, TimeUnit.MILLISECONDS.toNanos(1));
    CountDownLatch ended = new CountDownLatch(1);
    loop.execute(() -> impatient.execute(ended::countDown));
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void oneThatFailsHoldsUpNoOther() throws Exception {
    CountDownLatch ended = new CountDownLatch(2);
    loop.execute(
        () -> {
          afterAdverts.execute(
              () -> {
                throw new IllegalStateException("on purpose");
              });
          afterAdverts.execute(ended::countDown);
        });
    Await.until(Duration.ofSeconds(20), "the second", () -> ended.getCount() == 1);
    loop.execute(() -> afterAdverts.execute(ended::countDown));
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anAdvertComesBetweenWhatTakesLong() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    loop.execute(
        () -> {
          for (int i = 0; i < 20; i++) {
            afterAdverts.execute(this::takeOneMillisecond);
          }
          afterAdverts.execute(ended::countDown);
          alarm.rearm(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5));
        });
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(done).contains("second advert").startsWith("address").endsWith("address");
  }

  private void takeOneMillisecond() {
    long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1);
    while (System.nanoTime() < endNanos) {
      Thread.onSpinWait();
    }
    done.add("address");
  }

  @Test
  void whatWaitsIsDoneAtTheEnd() throws Exception {
    nextAdvertNanos.set(System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
    loop.submit(
            () -> {
              afterAdverts.execute(() -> done.add("address"));
              afterAdverts.behind(() -> done.add("group"));
              afterAdverts.finish();
              afterAdverts.behind(() -> done.add("at once"));
            })
        .get();
    assertThat(done).containsExactly("address", "group", "at once");
  }

  private void advert() {
    done.add("second advert");
    nextAdvertNanos.set(Long.MAX_VALUE);
    alarm.rearm(Long.MAX_VALUE);
  }
}
