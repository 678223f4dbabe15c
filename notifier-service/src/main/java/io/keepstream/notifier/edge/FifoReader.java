package io.keepstream.notifier.edge;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.notifier.config.Fifo;
import io.keepstream.runtime.EventPublisher;
import io.keepstream.runtime.script.RunningScript;
import io.keepstream.runtime.script.ScriptCommand;
import io.keepstream.runtime.script.ScriptResult;
import io.keepstream.runtime.script.ScriptRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Keeps the script that reads a FIFO running, if there is one: when it ends, it is started again.
 */
final class FifoReader {
  private static final Duration LEAVE = Duration.ofMillis(400);

  /** How long to wait before a new start, and how long the script must run to count as working. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final Fifo fifo;
  private final ScriptRunner runner;
  private final EventPublisher events;
  private Thread keeper;
  private volatile boolean stopped;
  private boolean failing;
  private long failingSinceNanos;

  FifoReader(Fifo fifo, ScriptRunner runner, EventPublisher events) {
    this.fifo = fifo;
    this.runner = runner;
    this.events = events;
  }

  /** Starts the script; the FIFO is there. */
  void start() {
    fifo.reader()
        .map(script -> script.with(List.of(fifo.path().toString())))
        .ifPresent(script -> keeper = Thread.ofVirtual().start(() -> keep(script)));
  }

  /** Waits a little for the script to see the end of the FIFO and leave, then ends it. */
  void stop() throws InterruptedException {
    stopped = true;
    if (keeper != null && !keeper.join(LEAVE)) {
      keeper.interrupt();
      keeper.join(LEAVE.multipliedBy(2));
    }
  }

  private void keep(ScriptCommand command) {
    String sink = "fifo script " + command;
    while (!stopped) {
      RunningScript script = runner.start(command, ScriptRunner.NO_LIMIT);
      try {
        ScriptResult ending = awaitEnd(sink, script.result());
        if (!stopped) {
          sayFailing(sink, ending.describe());
          Thread.sleep(PAUSE);
        }
      } catch (InterruptedException e) {
        script.end();
        script.result().join();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a script's result never fails", e);
      }
    }
  }

  private ScriptResult awaitEnd(String sink, CompletableFuture<ScriptResult> result)
      throws InterruptedException, ExecutionException {
    try {
      return result.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      sayWorking(sink);
      return result.get();
    }
  }

  private void sayFailing(String sink, String ending) {
    if (!failing) {
      failing = true;
      failingSinceNanos = System.nanoTime();
      events.publish(new DeliveryEvent.Failing(sink, ending));
    }
  }

  private void sayWorking(String sink) {
    if (failing) {
      failing = false;
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - failingSinceNanos);
      events.publish(new DeliveryEvent.Recovered(sink, millis, 0));
    }
  }
}
