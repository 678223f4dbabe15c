/**
 * The VRRP state machine of one virtual router, pure: {@link
 * io.keepstream.election.machine.VirtualRouter#next} takes what is known and what happened, and
 * returns the new state and an ordered list of effects. Nothing here reads a clock, opens a socket
 * or starts a thread.
 *
 * <p>States are keepalived's words: INIT, BACKUP, MASTER, FAULT, and a final STOP. RFC 9568 writes
 * Initialize, Backup and Active; where a rule is the RFC's, the section is named. A state holds its
 * own deadline; the shell has one timer and re-arms it to {@code state.deadlineNanos()}. An expiry
 * before the deadline does nothing.
 *
 * <p>Times are nanoseconds of a monotonic clock whose zero means nothing; {@code Long.MAX_VALUE} as
 * a deadline means none.
 *
 * <p>Members of a sync group keep their machines; {@link io.keepstream.election.machine.SyncGroup}
 * turns what one of them does into events for the others.
 *
 * <p>A process may sleep without knowing: garbage collection, SIGSTOP, a paused machine. The shell
 * reads the socket before it reports a timer, so adverts that came meanwhile are judged first. Then
 * a MASTER that overslept the time its peers need to replace it does not advertise over the new
 * one: it releases the addresses, listens for Skew_Time and is elected again or not. A BACKUP whose
 * timer is late by more than an advertisement interval does not trust its silence: it grants one
 * more interval.
 */
package io.keepstream.election.machine;
