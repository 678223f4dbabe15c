/**
 * VRRP on the wire: advertisements of version 2 (RFC 3768) and 3 (RFC 9568), over IPv4 and IPv6.
 * Pure: bytes in a caller's memory segment to records and back.
 *
 * <p>A packet that must not be believed is a value, {@link
 * io.keepstream.election.vrrp.Decoded.Rejected} with a {@link
 * io.keepstream.election.vrrp.RejectReason}; decoding never throws on what a stranger sends.
 *
 * <p>What must be remembered to believe a packet is in one object per virtual router, its {@link
 * io.keepstream.election.vrrp.Protection}: the authentication header of version 2 counts packets,
 * and the signed trailer of keepalived 2.4 counts them per sender.
 */
package io.keepstream.election.vrrp;
