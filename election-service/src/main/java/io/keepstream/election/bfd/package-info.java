/**
 * Bidirectional forwarding detection (RFC 5880, single hop RFC 5881, multihop RFC 5883) without
 * authentication, echo and demand mode of our own. Pure: {@link
 * io.keepstream.election.bfd.SessionMachine#next} takes what is known and what happened, and
 * returns the session's new variables and the packets to send now. Randomness comes in as {@link
 * io.keepstream.election.bfd.Moment}.
 *
 * <p>The RFC describes a session as a set of variables, most of which live in every state, so
 * {@link io.keepstream.election.bfd.Session} is one record with the state as a field. Deadlines are
 * not stored but follow from when was last sent and heard and from the intervals of both ends, so a
 * changed interval moves them by itself.
 *
 * <p>Intervals are microseconds, as on the wire; deadlines are nanoseconds of a monotonic clock
 * whose zero means nothing, {@code Long.MAX_VALUE} means none.
 */
package io.keepstream.election.bfd;
