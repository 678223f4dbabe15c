package io.keepstream.health.edge;

import io.keepstream.health.config.Target;
import io.keepstream.health.port.Attempt;
import io.keepstream.health.port.Checker;
import io.keepstream.health.port.Probe;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A checker whose targets all behave as they are told to. */
final class FakeTarget implements Checker<Target.Tcp> {
  /** How attempts go from now on. */
  enum Mood {
    PASS,
    REFUSE,
    HANG,
    /** As HANG, and an abandoned attempt is not over before {@link #release}. */
    CLING,
    /** The checker itself has a defect. */
    THROW
  }

  final Executor loop;
  final AtomicInteger started = new AtomicInteger();
  final AtomicInteger running = new AtomicInteger();
  final AtomicInteger mostRunning = new AtomicInteger();
  final AtomicInteger passed = new AtomicInteger();
  final AtomicInteger closed = new AtomicInteger();
  volatile Mood mood = Mood.PASS;

  /** Ports where attempts hang whatever the mood. */
  volatile Set<Integer> holes = Set.of();

  /** Ports in the order of the attempts. */
  final Queue<Integer> asked = new ConcurrentLinkedQueue<>();

  private volatile Runnable clinging = () -> {};

  FakeTarget(Executor loop) {
    this.loop = loop;
  }

  @Override
  public Probe prepare(Target.Tcp target) {
    int port = target.to().port();
    return new Probe() {
      @Override
      public Attempt start(long timeoutNanos, Consumer<CheckResult> done) {
        return FakeTarget.this.start(port, holes.contains(port) ? Mood.HANG : mood, done);
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  private Attempt start(int port, Mood mood, Consumer<CheckResult> done) {
    started.incrementAndGet();
    asked.add(port);
    if (mood == Mood.THROW) {
      throw new IllegalStateException("a defect");
    }
    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    CheckResult refused = CheckResult.failed(FailureReason.CONNECT_REFUSED, null, 1000);
    Consumer<CheckResult> over =
        result -> {
          running.decrementAndGet();
          done.accept(result);
        };
    return switch (mood) {
      case PASS -> {
        passed.incrementAndGet();
        loop.execute(() -> over.accept(CheckResult.passed(1000)));
        yield () -> {};
      }
      case REFUSE, THROW -> {
        loop.execute(() -> over.accept(refused));
        yield () -> {};
      }
      case HANG -> () -> loop.execute(() -> over.accept(refused));
      case CLING -> () -> clinging = () -> loop.execute(() -> over.accept(refused));
    };
  }

  /** Ends the attempt that was abandoned and is not over. */
  void release() {
    clinging.run();
  }
}
