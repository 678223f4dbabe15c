package io.keepstream.runtime;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Recall;
import io.keepstream.contract.Recall.Recalled;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.Event;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers, logs and publishes the events of one source.
 *
 * <p>Safe to call from any thread; order of calls is order of sequence numbers. Publishing never
 * waits for a receiver. The last events are kept for a while, so that a receiver that was not there
 * can recall them.
 */
public final class EventPublisher {
  /** The key under which a log line carries its whole {@link Envelope}. */
  public static final String LOG_KEY = "event";

  /** As many as a busy node publishes while a receiver is started again. */
  static final int KEPT = 2048;

  /** An answer to a recall holds no more, so that it is a small message. */
  static final int MOST_RECALLED = 256;

  private static final Logger log = LoggerFactory.getLogger("keepstream.events");

  private final EventBus bus;
  private final Source source;
  private final InstantSource wallClock;
  private final DeliveryOptions delivery;
  private final Queue<Envelope> kept = new ArrayDeque<>();
  private long sequence;

  /** A publisher whose first event is number 1. */
  public EventPublisher(EventBus bus, Source source, InstantSource wallClock) {
    this(bus, source, wallClock, new DeliveryOptions());
  }

  /** One that publishes with other options. */
  public EventPublisher(
      EventBus bus, Source source, InstantSource wallClock, DeliveryOptions delivery) {
    this.bus = bus;
    this.source = source;
    this.wallClock = wallClock;
    this.delivery = delivery;
    bus.<Recall>consumer(Bus.recallFrom(source), asked -> asked.reply(recalled(asked.body())));
  }

  /** Publishes {@code event} once. */
  public synchronized void publish(Event event) {
    Envelope envelope = new Envelope(source, ++sequence, wallClock.instant(), event);
    kept.add(envelope);
    if (kept.size() > KEPT) {
      kept.remove();
    }
    log.atInfo().addKeyValue(LOG_KEY, envelope).log(event.summary());
    bus.publish(Bus.EVENTS, envelope, delivery);
  }

  /** The number of the last event published; 0 before the first. */
  public synchronized long lastSequence() {
    return sequence;
  }

  private synchronized Recalled recalled(Recall asked) {
    List<Envelope> events =
        kept.stream()
            .filter(envelope -> envelope.sequence() >= asked.from())
            .filter(envelope -> envelope.sequence() <= asked.to())
            .limit(MOST_RECALLED)
            .toList();
    return new Recalled(events);
  }

  /** Whose events these are. */
  public Source source() {
    return source;
  }

  /** The wall clock events are stamped with. */
  public InstantSource wallClock() {
    return wallClock;
  }
}
