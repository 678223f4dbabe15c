/**
 * What checks say and what they make of the answer, pure: bytes in, bytes out.
 *
 * <p>{@link io.keepstream.health.protocol.Exchange} is a question in one datagram: DNS, ICMP echo
 * or any UDP payload. {@link io.keepstream.health.protocol.SmtpDialogue} is a dialogue of lines
 * over TCP. Whatever a peer sends, they end in a {@link io.keepstream.health.protocol.Finding} and
 * keep no more than a few kilobytes of it.
 */
package io.keepstream.health.protocol;
