/**
 * What crosses a service boundary: events, snapshots and the values inside them.
 *
 * <p>A service publishes an {@link io.keepstream.contract.Envelope} on {@link
 * io.keepstream.contract.Bus#EVENTS} exactly when something changed, never again for the same
 * change. It publishes a {@link io.keepstream.contract.snapshot.Snapshot} of its whole state every
 * few seconds and on request. Sequences grow by one per source without gaps, so a receiver that
 * sees a gap, or a new boot id, asks for a snapshot.
 *
 * <p>Everything here is an immutable record with a stable JSON form. Wall-clock times are for
 * people; every duration was measured on the monotonic clock and carries its unit in its name.
 */
package io.keepstream.contract;
