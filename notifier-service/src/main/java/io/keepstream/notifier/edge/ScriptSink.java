package io.keepstream.notifier.edge;

import io.keepstream.notifier.delivery.Outcome;
import io.keepstream.notifier.port.Sink;
import io.keepstream.runtime.script.RunningScript;
import io.keepstream.runtime.script.ScriptCommand;
import io.keepstream.runtime.script.ScriptResult;
import io.keepstream.runtime.script.ScriptRunner;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Runs one script at a time. A script that fails is not run again. */
final class ScriptSink implements Sink<ScriptSink.Call> {
  /** A script and how long it may run. */
  record Call(ScriptCommand script, Duration limit) {}

  private final ScriptRunner runner;
  private final Semaphore slots;
  private Thread running = Thread.ofVirtual().unstarted(() -> {});

  /** Shares {@code slots}, one per running script, with other sinks. */
  ScriptSink(ScriptRunner runner, Semaphore slots) {
    this.runner = runner;
    this.slots = slots;
  }

  @Override
  public void open(Consumer<Outcome> done) {
    done.accept(Outcome.DONE);
  }

  @Override
  public void send(Call call, Consumer<Outcome> done) {
    running = Thread.ofVirtual().name("script " + call.script()).start(() -> run(call, done));
  }

  @Override
  public void close(Runnable done) {
    running.interrupt();
    Thread last = running;
    Thread.ofVirtual().start(() -> awaitEnd(last, done));
  }

  private void run(Call call, Consumer<Outcome> done) {
    try {
      slots.acquire();
    } catch (InterruptedException e) {
      return;
    }
    RunningScript started = runner.start(call.script(), call.limit());
    try {
      done.accept(outcome(call.script(), started.result().get()));
    } catch (InterruptedException e) {
      started.end();
      started.result().join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a script's result never fails", e);
    } finally {
      slots.release();
    }
  }

  private static void awaitEnd(Thread script, Runnable done) {
    try {
      script.join();
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
