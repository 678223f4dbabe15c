package io.keepstream.health.protocol;

/**
 * The reply that a payload must be answered with.
 *
 * @param pattern what it holds, as far as both reach; null for anything
 * @param minLength shortest, in bytes
 * @param maxLength longest, in bytes
 */
public record UdpReply(HexPattern pattern, int minLength, int maxLength) {}
