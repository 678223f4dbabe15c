package io.keepstream.notifier.edge;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.notifier.delivery.Outcome;
import io.keepstream.notifier.port.Sink;
import io.keepstream.runtime.script.RunningScript;
import io.keepstream.runtime.script.ScriptCommand;
import io.keepstream.runtime.script.ScriptResult;
import io.keepstream.runtime.script.ScriptRunner;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Runs scripts, and publishes how each ended. One that fails is not run again. Nothing ends a
 * script that runs long, as with keepalived: it counts as delivered, so that the next may start,
 * and goes on beside it.
 */
final class ScriptSink implements Sink<ScriptSink.Job> {
  /** Long enough for a script that does its work, short enough to tell of what came after. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** So that a rack that goes dark does not start a thousand. */
  static final int MOST_AT_ONCE = 64;

  private final String name;
  private final ScriptRunner runner;
  private final Duration patience;
  private final Consumer<DeliveryEvent> events;
  private final Semaphore slots = new Semaphore(MOST_AT_ONCE, true);
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  /**
   * What is run because of one event, one after the other.
   *
   * @param event its id
   */
  record Job(String event, List<ScriptCommand> scripts) {}

  ScriptSink(String name, ScriptRunner runner, Duration patience, Consumer<DeliveryEvent> events) {
    this.name = name;
    this.runner = runner;
    this.patience = patience;
    this.events = events;
  }

  @Override
  public void open(Consumer<Outcome> done) {
    done.accept(Outcome.DONE);
  }

  @Override
  public void send(Job job, Consumer<Outcome> done) {
    start("scripts of " + job.event(), () -> runAll(job, done));
  }

  private void start(String title, Runnable work) {
    Thread thread =
        Thread.ofVirtual()
            .name(title)
            .unstarted(
                () -> {
                  try {
                    work.run();
                  } finally {
                    running.remove(Thread.currentThread());
                  }
                });
    running.add(thread);
    thread.start();
  }

  @Override
  public void close(Runnable done) {
    List<Thread> last = List.copyOf(running);
    last.forEach(Thread::interrupt);
    Thread.ofVirtual().start(() -> awaitEnd(last, done));
  }

  private void runAll(Job job, Consumer<Outcome> done) {
    Outcome outcome = Outcome.DONE;
    try {
      for (ScriptCommand script : job.scripts()) {
        Outcome one = run(job, script);
        outcome = one instanceof Outcome.Done ? outcome : one;
      }
      done.accept(outcome);
    } catch (InterruptedException e) {
      // It is not to be started any more.
    }
  }

  private Outcome run(Job job, ScriptCommand script) throws InterruptedException {
    slots.acquire();
    RunningScript started = runner.start(script, ScriptRunner.NO_LIMIT);
    CompletableFuture<ScriptResult> result = started.result();
    try {
      Outcome outcome = outcome(script, result.get(patience.toMillis(), TimeUnit.MILLISECONDS));
      over(job, script, result);
      return outcome;
    } catch (TimeoutException e) {
      start("long " + script, () -> follow(job, script, started));
      return Outcome.DONE;
    } catch (InterruptedException e) {
      end(started);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a script's result never fails", e);
    }
  }

  private void follow(Job job, ScriptCommand script, RunningScript started) {
    try {
      started.result().get();
      over(job, script, started.result());
    } catch (InterruptedException e) {
      end(started);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a script's result never fails", e);
    }
  }

  private void end(RunningScript started) {
    started.end();
    started.result().join();
    slots.release();
  }

  private void over(Job job, ScriptCommand script, CompletableFuture<ScriptResult> ended) {
    slots.release();
    ScriptResult result = ended.join();
    events.accept(
        new DeliveryEvent.ScriptEnded(
            name,
            job.event(),
            script.toString(),
            result.exitStatus(),
            result.durationMicros(),
            result.output().strip()));
  }

  private static void awaitEnd(List<Thread> scripts, Runnable done) {
    try {
      for (Thread script : scripts) {
        script.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    done.run();
  }

  private static Outcome outcome(ScriptCommand script, ScriptResult result) {
    return result.succeeded()
        ? Outcome.DONE
        : new Outcome.GivenUp(script + ": " + result.describe());
  }
}
