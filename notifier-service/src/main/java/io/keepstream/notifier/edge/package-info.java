/**
 * Where notifier-service meets the bus and the world.
 *
 * <p>{@link io.keepstream.notifier.edge.NotifierVerticle} hears every event and offers it to the
 * deliveries of all who asked. All state lives on its event loop. What may block has a thread of
 * its own: a FIFO its writer, a script its virtual thread, the Kafka client a worker.
 */
package io.keepstream.notifier.edge;
