package io.keepstream.health.tracker;

/**
 * What is known of a BFD session.
 *
 * @param up whether both ends hear each other
 * @param detail in words
 */
public record SessionState(boolean up, String detail) {}
