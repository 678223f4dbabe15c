package io.keepstream.notifier.edge;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs scripts. One that fails is not run again. One that runs long counts as delivered, so that
 * the next may start, and goes on beside it.
 */
final class ScriptSink implements Sink<ScriptCommand> {
  private static final Logger log = LoggerFactory.getLogger(ScriptSink.class);

  private final ScriptRunner runner;
  private final Semaphore slots;
  private final Duration patience;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  /** Shares {@code slots}, one per running script, with other sinks. */
  ScriptSink(ScriptRunner runner, Semaphore slots, Duration patience) {
    this.runner = runner;
    this.slots = slots;
    this.patience = patience;
  }

  @Override
  public void open(Consumer<Outcome> done) {
    done.accept(Outcome.DONE);
  }

  @Override
  public void send(ScriptCommand script, Consumer<Outcome> done) {
    Thread thread = Thread.ofVirtual().name("script " + script).unstarted(() -> run(script, done));
    running.add(thread);
    thread.start();
  }

  @Override
  public void close(Runnable done) {
    List<Thread> last = List.copyOf(running);
    last.forEach(Thread::interrupt);
    Thread.ofVirtual().start(() -> awaitEnd(last, done));
  }

  private void run(ScriptCommand script, Consumer<Outcome> done) {
    try {
      slots.acquire();
      try {
        follow(script, runner.start(script, ScriptRunner.NO_LIMIT), done);
      } finally {
        slots.release();
      }
    } catch (InterruptedException e) {
      // It is not to be started any more.
    } finally {
      running.remove(Thread.currentThread());
    }
  }

  private void follow(ScriptCommand script, RunningScript started, Consumer<Outcome> done) {
    CompletableFuture<ScriptResult> result = started.result();
    try {
      if (endsInTime(result)) {
        done.accept(outcome(script, result.get()));
      } else {
        done.accept(Outcome.DONE);
        ScriptResult late = result.get();
        if (!late.succeeded()) {
          log.warn("{}: {}", script, late.describe());
        }
      }
    } catch (InterruptedException e) {
      started.end();
      result.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a script's result never fails", e);
    }
  }

  private boolean endsInTime(CompletableFuture<?> result)
      throws InterruptedException, ExecutionException {
    try {
      result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
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
