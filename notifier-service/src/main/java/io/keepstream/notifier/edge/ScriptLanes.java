package io.keepstream.notifier.edge;

import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.notifier.delivery.DeliveryConfig;
import io.keepstream.runtime.EventPublisher;
import io.keepstream.runtime.script.ScriptCommand;
import io.keepstream.runtime.script.ScriptRunner;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** Runs scripts: those of one subject one after the other, those of several side by side. */
final class ScriptLanes {
  private static final int QUEUE_LIMIT = 256;
  private static final long GRACE_MILLIS = 1_000;

  /** So that a rack that goes dark does not start a thousand. */
  private static final int MOST_AT_ONCE = 64;

  private final Context context;
  private final EventPublisher events;
  private final ScriptRunner runner;
  private final Semaphore slots = new Semaphore(MOST_AT_ONCE, true);
  private final Map<String, DeliveryShell<ScriptSink.Call>> lanes = new HashMap<>();

  ScriptLanes(Context context, EventPublisher events, ScriptRunner runner) {
    this.context = context;
    this.events = events;
    this.runner = runner;
  }

  /** Queues {@code scripts} behind those that concern the same subject. */
  void run(String subject, List<ScriptCommand> scripts, long limitMillis) {
    Duration limit = Duration.ofMillis(limitMillis);
    for (ScriptCommand script : scripts) {
      lanes.computeIfAbsent(subject, this::lane).offer(new ScriptSink.Call(script, limit));
    }
  }

  /** Gives what is queued about a second, then ends what still runs. */
  Future<?> stop() {
    return Future.join(
        lanes.values().stream()
            .map(lane -> lane.drain(GRACE_MILLIS).eventually(lane::close))
            .toList());
  }

  Stream<ServiceState.Sink> snapshot() {
    return lanes.values().stream().map(DeliveryShell::snapshot);
  }

  private DeliveryShell<ScriptSink.Call> lane(String subject) {
    // Scripts are never repeated, so no backoff is ever used.
    DeliveryConfig config =
        new DeliveryConfig("scripts " + subject, QUEUE_LIMIT, 1, 1, Long.MAX_VALUE);
    DeliveryShell<ScriptSink.Call> lane =
        new DeliveryShell<>(context, events, config, new ScriptSink(runner, slots));
    lane.open();
    return lane;
  }
}
