/**
 * Where notifier-service meets the bus and the world.
 *
 * <p>{@link io.keepstream.notifier.edge.NotifierVerticle} hears every event, without gaps by {@link
 * io.keepstream.notifier.edge.EventIntake}, and gives it to the {@link
 * io.keepstream.notifier.edge.Ledger}. From there each {@link
 * io.keepstream.notifier.edge.DeliveryShell} takes what it has room for. All state lives on the
 * notifier's event loop. What may block has a thread of its own: the journal two, the files of the
 * sinks one, a FIFO its writer, a script its virtual thread, the Kafka client a worker.
 */
package io.keepstream.notifier.edge;
