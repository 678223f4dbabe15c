/**
 * How one sink is served, as a deterministic machine: time and chance come in as arguments.
 *
 * <p>{@link io.keepstream.notifier.delivery.Delivery} is fed with what the journal holds, as much
 * as it has room for, and says what to send. Messages are sorted into lanes, most often one for
 * each subject. Of a lane one message at a time is under way, in the order of the journal; lanes do
 * not wait for each other, up to a number of attempts at a time. A failed attempt is repeated after
 * a growing, randomised pause, and ends among the dead letters when the sink says that it never
 * will be taken, or has not taken it for too long.
 *
 * <p>When several attempts in a row failed, whichever lanes they were of, the sink itself is in
 * trouble: one attempt at a time then, with pauses between them, until one works; then all lanes
 * are due at once. Lanes that never failed go first, so one poisoned subject holds up the others by
 * a second at most.
 *
 * <p>{@link io.keepstream.notifier.delivery.Progress} says what of the journal is done with: all
 * below a position, and some beyond it. It is what outlives a restart. A message may arrive twice,
 * when the answer to an attempt or the last progress was lost; receivers tell by its id.
 *
 * <p>That a sink began to fail (an attempt failed, took too long, or a message was lost) is said
 * once; that it works again is said once, when a delivery worked, no lane fails, and no more than
 * half a window waits.
 *
 * <p>Times are monotonic nanoseconds, {@link Long#MAX_VALUE} means none. The machine changes in
 * place, since copies of a window of a thousand messages for each event would be dear.
 */
package io.keepstream.notifier.delivery;
