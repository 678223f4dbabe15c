package io.keepstream.lvs.config;

/**
 * A real server.
 *
 * @param alpha whether it is down until a check has passed
 * @param inhibitOnFailure whether it stays in the table with weight 0 while it is down
 */
public record RealServer(Server server, boolean alpha, boolean inhibitOnFailure) {}
