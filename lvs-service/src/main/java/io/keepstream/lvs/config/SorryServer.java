package io.keepstream.lvs.config;

/**
 * The server that serves while quorum is lost.
 *
 * @param inhibit whether it stays in the table with weight 0 while it is not needed
 */
public record SorryServer(Server server, boolean inhibit) {}
