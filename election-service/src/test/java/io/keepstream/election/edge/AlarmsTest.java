package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long NEVER = Long.MAX_VALUE;

  private final IoEventLoop loop = EventLoops.dedicated("alarms");
  private final Alarms alarms = new Alarms(loop);
  private final List<String> rung = new CopyOnWriteArrayList<>();
  private final long startNanos = System.nanoTime();

  /** Rings once. */
  private final class Bell {
    private final String name;
    private final LoopAlarm alarm = new LoopAlarm(alarms, this::ring);
    private long dueNanos = NEVER;

    Bell(String name) {
      this.name = name;
    }

    void at(long millis) {
      dueNanos = startNanos + TimeUnit.MILLISECONDS.toNanos(millis);
      alarm.rearm(dueNanos);
    }

    private void ring() {
      rung.add(System.nanoTime() < dueNanos ? name + " early" : name);
      alarm.rearm(NEVER);
    }
  }

  @AfterEach
  void end() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private void awaitRung(String... names) {
    Await.until(LIMIT, "it rang", () -> rung.size() >= names.length);
    assertThat(rung).containsExactly(names);
  }

  @Test
  void eachRingsInItsTurnAndNotBefore() {
    Bell first = new Bell("first");
    Bell second = new Bell("second");
    Bell third = new Bell("third");
    loop.execute(
        () -> {
          third.at(400); // far enough off to be woken early for
          first.at(5);
          second.at(10);
        });
    awaitRung("first", "second", "third");
  }

  @Test
  void onlyTheLastTimeAskedForCounts() {
    Bell sooner = new Bell("sooner");
    Bell later = new Bell("later");
    Bell not = new Bell("not at all");
    Bell last = new Bell("last");
    loop.execute(
        () -> {
          sooner.at(90);
          sooner.at(10);
          later.at(20);
          later.at(50);
          not.at(30);
          not.alarm.rearm(NEVER);
          last.at(120);
        });
    awaitRung("sooner", "later", "last");
  }

  @Test
  void oneThatFailsIsTriedAgainAndHoldsUpNoOther() {
    Bell good = new Bell("good");
    LoopAlarm[] bad = new LoopAlarm[1];
    bad[0] =
        new LoopAlarm(
            alarms,
            () -> {
              rung.add("bad");
              if (rung.size() < 3) {
                throw new IllegalStateException("a test");
              }
              bad[0].rearm(NEVER);
            });
    loop.execute(
        () -> {
          bad[0].rearm(startNanos);
          good.at(1);
        });
    awaitRung("bad", "good", "bad");
  }

  /** What the first of them asks of the loop comes after the last. */
  @Test
  void hundredsThatAreDueTogetherAreOneTurnOfTheLoop() {
    loop.execute(
        () -> {
          Bell first = new Bell("first");
          first.at(10);
          for (int i = 0; i < 500; i++) {
            LoopAlarm[] alarm = new LoopAlarm[1];
            alarm[0] =
                new LoopAlarm(
                    alarms,
                    () -> {
                      loop.execute(() -> rung.add("task"));
                      rung.add("alarm");
                      alarm[0].rearm(NEVER);
                    });
            alarm[0].rearm(first.dueNanos);
          }
        });
    Await.until(LIMIT, "all rang", () -> rung.size() == 1 + 500 + 500);
    assertThat(rung.subList(0, 501)).doesNotContain("task");
  }
}
