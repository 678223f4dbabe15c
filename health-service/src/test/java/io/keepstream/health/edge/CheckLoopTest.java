package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.config.CheckConfig;
import io.keepstream.health.config.Connection;
import io.keepstream.health.config.Target;
import io.keepstream.health.edge.FakeTarget.Mood;
import io.keepstream.health.port.Attempt;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.Counting;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.health.verdict.Schedule;
import io.keepstream.health.verdict.Standing;
import io.keepstream.health.verdict.Verdict;
import io.keepstream.lab.Await;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckLoopTest {
  private static final long MILLI = 1_000_000L;
  private static final Duration SOON = Duration.ofSeconds(10);

  private final EventLoop eventLoop = new DefaultEventLoop();
  private final FakeTarget target = new FakeTarget(eventLoop);
  private final List<String> verdicts = new CopyOnWriteArrayList<>();
  private final AtomicInteger listening = new AtomicInteger();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private CheckLoop loop = loop(10_000);

  private CheckLoop loop(int places) {
    return new CheckLoop(
        eventLoop,
        each ->
            switch (each) {
              case Target.Tcp tcp -> target.prepare(tcp);
              case Target.Signal signal -> this::listen;
              default -> throw new AssertionError(each);
            },
        new Random(1),
        new Admission<>(places),
        new CheckMeters(meters));
  }

  private Attempt listen(long timeoutNanos, Consumer<CheckResult> done) {
    listening.incrementAndGet();
    return listening::decrementAndGet;
  }

  @AfterEach
  void endLoop() {
    eventLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void checksAgainAndAgainAndTellsEachVerdictOnce() {
    start(2, 1000);
    Await.until(SOON, "ten attempts", () -> target.started.get() >= 10);
    assertThat(verdicts).containsExactly("GOOD OK 1");
    target.mood = Mood.REFUSE;
    Await.until(SOON, "the failure", () -> verdicts.size() == 2);
    target.mood = Mood.PASS;
    Await.until(SOON, "the recovery", () -> verdicts.size() == 3);
    assertThat(verdicts).containsExactly("GOOD OK 1", "FAILED CONNECT_REFUSED 2", "GOOD OK 1");
  }

  @Test
  void anAttemptThatHangsIsAbandonedAndTheNextComesAfterItsEnd() {
    target.mood = Mood.CLING;
    start(1, 20);
    Await.until(SOON, "the time limit", () -> verdicts.size() == 1);
    assertThat(verdicts).containsExactly("FAILED CONNECT_TIMEOUT 1");
    assertThat(target.started.get()).isEqualTo(1);
    target.release();
    Await.until(SOON, "the next attempt", () -> target.started.get() == 2);
    assertThat(target.mostRunning.get()).isEqualTo(1);
  }

  @Test
  void aDefectOfACheckerStopsNeitherTheLoopNorTheCheck() {
    target.mood = Mood.THROW;
    start(1, 1000);
    Await.until(SOON, "some attempts", () -> target.started.get() >= 3);
    assertThat(verdicts).isEmpty();
    target.mood = Mood.PASS;
    Await.until(SOON, "a verdict", () -> !verdicts.isEmpty());
  }

  @Test
  void manyChecksThatAreDueTogetherAllStart() {
    target.mood = Mood.HANG;
    onLoop(() -> IntStream.range(0, 2000).mapToObj(i -> startHere(1, 60_000)).toList());
    Await.until(SOON, "2000 attempts at once", () -> target.running.get() == 2000);
  }

  @Test
  void aStoppedCheckSaysNothingMoreAndIdleIsToldOnceItsAttemptIsOver() {
    target.mood = Mood.CLING;
    RunningCheck check = start(1, 60_000);
    Await.until(SOON, "an attempt", () -> target.running.get() == 1);
    AtomicBoolean idle = new AtomicBoolean();
    onLoop(
        () -> {
          loop.stop(check);
          loop.whenIdle(() -> idle.set(true));
          return idle.get();
        });
    assertThat(onLoop(idle::get)).isFalse();
    target.release();
    Await.until(SOON, "idleness", idle::get);
    assertThat(verdicts).isEmpty();
    assertThat(target.started.get()).isEqualTo(1);
  }

  @Test
  void aCheckThatIsStoppedWhileItsAttemptEndsIsCountedOnce() {
    target.mood = Mood.HANG;
    RunningCheck check = start(1, 20);
    Await.until(SOON, "an attempt", () -> target.running.get() == 1);
    AtomicBoolean idle = new AtomicBoolean();
    onLoop(
        () -> {
          check.abandon();
          loop.stop(check);
          loop.whenIdle(() -> idle.set(true));
          return true;
        });
    Await.until(SOON, "idleness", idle::get);
  }

  @Test
  void withoutAttemptsIdleIsToldAtOnce() {
    AtomicBoolean idle = new AtomicBoolean();
    onLoop(
        () -> {
          loop.whenIdle(() -> idle.set(true));
          return idle.get();
        });
    assertThat(idle).isTrue();
  }

  @Test
  void targetsThatAnswerFindAPlaceAmongManyThatDoNot() {
    loop = loop(8);
    target.holes = Set.of(81);
    onLoop(() -> IntStream.range(0, 100).mapToObj(i -> startHere(1, 50, 81)).toList());
    Await.until(
        SOON,
        "all black holes",
        () -> verdicts.stream().filter(each -> each.startsWith("FAILED")).count() >= 50);
    int before = target.passed.get();
    long beganNanos = System.nanoTime();
    onLoop(() -> IntStream.range(0, 10).mapToObj(i -> startHere(1, 50, 80)).toList());
    Await.until(SOON, "the others", () -> target.passed.get() >= before + 1000);
    assertThat(target.mostRunning.get()).isLessThanOrEqualTo(8);
    assertThat(System.nanoTime() - beganNanos).isLessThan(SOON.toNanos());
    Await.until(SOON, "no hole forgotten", () -> count("FAILED CONNECT_TIMEOUT 1") == 100);
    assertThat(count("GOOD OK 1")).isEqualTo(10);
  }

  private long count(String verdict) {
    return verdicts.stream().filter(verdict::equals).count();
  }

  @Test
  void whatOnlyWaitsForNewsNeedsNoPlaceAndKeepsNobodyBusy() {
    loop = loop(1);
    target.mood = Mood.HANG;
    RunningCheck asks = start(1, 60_000);
    Await.until(SOON, "an attempt", () -> target.running.get() == 1);
    RunningCheck waits = onLoop(() -> startHere(new Target.Bfd("B"), 1, 60_000));
    Await.until(SOON, "who listens", () -> listening.get() == 1);
    AtomicBoolean idle = new AtomicBoolean();
    onLoop(
        () -> {
          loop.stop(asks);
          loop.stop(waits);
          loop.whenIdle(() -> idle.set(true));
          return true;
        });
    Await.until(SOON, "idle", idle::get);
    assertThat(listening.get()).isZero();
  }

  @Test
  void whoWaitsForAPlaceCanBeStopped() {
    loop = loop(1);
    target.mood = Mood.HANG;
    RunningCheck first = start(1, 60_000);
    Await.until(SOON, "an attempt", () -> target.running.get() == 1);
    RunningCheck second = start(1, 60_000);
    AtomicBoolean idle = new AtomicBoolean();
    onLoop(
        () -> {
          loop.stop(second);
          loop.stop(first);
          loop.whenIdle(() -> idle.set(true));
          return true;
        });
    Await.until(SOON, "idleness", idle::get);
    assertThat(target.started.get()).isEqualTo(1);
  }

  @Test
  void resultsLatencyLagAndTargetsAreMeasured() {
    start(1, 1000);
    Await.until(SOON, "ten attempts", () -> target.started.get() >= 10);
    assertThat(targets("up")).isEqualTo(1);
    target.mood = Mood.REFUSE;
    Await.until(SOON, "the failure", () -> verdicts.size() == 2);
    assertThat(targets("up")).isZero();
    assertThat(targets("down")).isEqualTo(1);
    assertThat(meters.get(CheckMeters.RESULTS).tag("reason", "OK").counter().count())
        .isGreaterThanOrEqualTo(9);
    assertThat(meters.get(CheckMeters.RESULTS).tag("reason", "CONNECT_REFUSED").counter().count())
        .isPositive();
    assertThat(meters.get(CheckMeters.LATENCY).timer().mean(TimeUnit.NANOSECONDS)).isEqualTo(1000);
    Timer lag = meters.get(CheckMeters.QUEUE_LAG).timer();
    assertThat(lag.count()).isGreaterThanOrEqualTo(10);
    assertThat(lag.takeSnapshot().histogramCounts()).isNotEmpty();
  }

  private double targets(String state) {
    return meters.get(CheckMeters.TARGETS).tag("state", state).gauge().value();
  }

  private RunningCheck start(int fall, int timeoutMillis) {
    return onLoop(() -> startHere(fall, timeoutMillis));
  }

  private RunningCheck startHere(int fall, int timeoutMillis) {
    return startHere(fall, timeoutMillis, 80);
  }

  private RunningCheck startHere(int fall, int timeoutMillis, int port) {
    return startHere(
        new Target.Tcp(new Connection(InetAddress.ofLiteral("192.0.2.1"), port, null, 0, null, 0)),
        fall,
        timeoutMillis);
  }

  private RunningCheck startHere(Target target, int fall, int timeoutMillis) {
    CheckRules rules =
        new CheckRules(
            new Schedule(0, 0, 5 * MILLI, MILLI),
            new Counting(1, fall, false),
            timeoutMillis * MILLI,
            FailureReason.CONNECT_TIMEOUT);
    return loop.start(
        new CheckConfig(target, rules, false),
        Standing.of(Verdict.PRESUMED_GOOD),
        (check, verdict, nowNanos) ->
            verdicts.add(
                "%s %s %d"
                    .formatted(verdict.verdict(), verdict.result().reason(), verdict.attempts())));
  }

  private <T> T onLoop(Callable<T> action) {
    return eventLoop.submit(action).syncUninterruptibly().getNow();
  }
}
