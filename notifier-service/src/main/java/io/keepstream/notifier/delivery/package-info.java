/**
 * How one sink is served, as a pure machine.
 *
 * <p>{@link io.keepstream.notifier.delivery.Delivery} holds the messages for one sink in order and
 * makes one attempt at a time: first to open the sink, then to send the oldest message. A failed
 * attempt is repeated after a growing, randomised pause, with the messages unchanged and in place,
 * so order holds and nothing is lost while the queue has room. A message may arrive twice when the
 * answer to an attempt was lost; receivers tell by its id.
 *
 * <p>At the queue's bound the oldest message that is not being sent goes, and is counted. That a
 * sink began to fail (an attempt failed, took too long, or a message was lost) is said once; that
 * it works again is said once, when a delivery worked and the backlog has shrunk to half the bound.
 *
 * <p>Deadlines stand in the state; the shell has one timer. Times are monotonic nanoseconds, {@link
 * Long#MAX_VALUE} means none. Chance comes in as a number with the outcome it concerns.
 */
package io.keepstream.notifier.delivery;
