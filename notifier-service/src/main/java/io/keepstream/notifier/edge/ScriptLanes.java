package io.keepstream.notifier.edge;

import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.notifier.config.Fifo.Lines;
import io.keepstream.notifier.delivery.DeliveryConfig;
import io.keepstream.notifier.route.Notice;
import io.keepstream.runtime.EventPublisher;
import io.keepstream.runtime.script.ScriptCommand;
import io.keepstream.runtime.script.ScriptRunner;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Runs scripts: those of one subject in order, those of several side by side. Nothing ends a script
 * that runs long, as with keepalived; the next of its subject waits for it only for a while.
 */
final class ScriptLanes {
  /** Long enough for a script that does its work, short enough to tell of what came after. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int QUEUE_LIMIT = 256;
  private static final long GRACE_MILLIS = 1_000;

  /** So that a rack that goes dark does not start a thousand, nor hold up those of VRRP. */
  private static final int MOST_AT_ONCE = 64;

  private final Context context;
  private final EventPublisher events;
  private final ScriptRunner runner;
  private final Duration patience;
  private final Map<Lines, Semaphore> slots = new EnumMap<>(Lines.class);
  private final Map<String, DeliveryShell<ScriptCommand>> lanes = new HashMap<>();

  ScriptLanes(Context context, EventPublisher events, ScriptRunner runner, Duration patience) {
    this.context = context;
    this.events = events;
    this.runner = runner;
    this.patience = patience;
  }

  /** Queues the scripts of {@code notice} behind those that concern the same subject. */
  void run(String subject, Notice notice) {
    for (ScriptCommand script : notice.scripts()) {
      lanes.computeIfAbsent(subject, name -> lane(name, notice.kind())).offer(script);
    }
  }

  /** Forgets the subjects of which there is nothing to say. */
  void dropIdle() {
    lanes.values().removeIf(DeliveryShell::idle);
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

  private DeliveryShell<ScriptCommand> lane(String subject, Lines kind) {
    // Scripts are never repeated, so no backoff is ever used.
    DeliveryConfig config =
        new DeliveryConfig("scripts " + subject, QUEUE_LIMIT, 1, 1, Long.MAX_VALUE);
    Semaphore shared = slots.computeIfAbsent(kind, any -> new Semaphore(MOST_AT_ONCE, true));
    DeliveryShell<ScriptCommand> lane =
        new DeliveryShell<>(context, events, config, new ScriptSink(runner, shared, patience));
    lane.open(Future.succeededFuture());
    return lane;
  }
}
