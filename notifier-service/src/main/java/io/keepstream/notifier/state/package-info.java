/**
 * The current state of this node, subject by subject, for a topic that keeps the last of each.
 *
 * <p>{@link io.keepstream.notifier.state.Standings} reads snapshots; {@link
 * io.keepstream.notifier.state.StateTable} knows what the topic holds, and so what is to be sent:
 * what has changed, and tombstones for what is no more. A broker that is away for long costs
 * nothing: only the latest of each subject is ever sent.
 */
package io.keepstream.notifier.state;
