/**
 * Whether two nodes of a cluster claim the same addresses, as the compacted topic tells.
 *
 * <p>{@link io.keepstream.notifier.watch.SplitBrainWatch} hears what each node says of its
 * instances, and how long each is to be believed. Only a node that is believed can claim anything:
 * one that has vanished is stale, whatever it said last. A handover may look like two claims for a
 * moment, so a conflict is told when it has lasted for a while, once, and once more when it is
 * over.
 *
 * <p>Deadlines stand in the state; times are monotonic nanoseconds, {@link Long#MAX_VALUE} means
 * none.
 */
package io.keepstream.notifier.watch;
