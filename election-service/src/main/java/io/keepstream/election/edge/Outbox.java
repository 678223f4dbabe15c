package io.keepstream.election.edge;

import io.keepstream.contract.event.Event;
import io.keepstream.election.port.Publishing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Events leave the loop together, once what brought them about is done: a takeover with hundreds of
 * addresses wakes nobody who would take the processor from it before its last frame is out.
 */
final class Outbox implements Publishing {
  private final Executor loop;
  private final Consumer<List<Event>> receiver;
  private List<Event> waiting = new ArrayList<>();

  /**
   * An empty one.
   *
   * @param loop runs things later on the thread that publishes
   * @param receiver takes events in the order in which they were published
   */
  Outbox(Executor loop, Consumer<List<Event>> receiver) {
    this.loop = loop;
    this.receiver = receiver;
  }

  @Override
  public long nowNanos() {
    return System.nanoTime();
  }

  @Override
  public void publish(Event event) {
    if (waiting.isEmpty()) {
      loop.execute(this::flush);
    }
    waiting.add(event);
  }

  /** Hands over what waits. */
  void flush() {
    List<Event> events = waiting;
    if (!events.isEmpty()) {
      waiting = new ArrayList<>();
      receiver.accept(events);
    }
  }
}
