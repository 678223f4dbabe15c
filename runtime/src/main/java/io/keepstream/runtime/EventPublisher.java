package io.keepstream.runtime;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.Event;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers, logs and publishes the events of one source.
 *
 * <p>Safe to call from any thread; order of calls is order of sequence numbers. Publishing never
 * waits for a receiver.
 */
public final class EventPublisher {
  /** The key under which a log line carries its whole {@link Envelope}. */
  public static final String LOG_KEY = "event";

  private static final Logger log = LoggerFactory.getLogger("keepstream.events");

  private final EventBus bus;
  private final Source source;
  private final InstantSource wallClock;
  private final DeliveryOptions delivery;
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
  }

  /** Publishes {@code event} once. */
  public synchronized void publish(Event event) {
    Envelope envelope = new Envelope(source, ++sequence, wallClock.instant(), event);
    log.atInfo().addKeyValue(LOG_KEY, envelope).log(event.summary());
    bus.publish(Bus.EVENTS, envelope, delivery);
  }

  /** The number of the last event published; 0 before the first. */
  public synchronized long lastSequence() {
    return sequence;
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
