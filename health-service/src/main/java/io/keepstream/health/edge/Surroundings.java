package io.keepstream.health.edge;

import io.netty.channel.IoEventLoop;

/**
 * What checkers find in the service they run in.
 *
 * @param loop where they run
 * @param files tells what is in files
 * @param bfdSessions tells which BFD sessions are up
 */
record Surroundings(IoEventLoop loop, FileFollower files, BfdSessions bfdSessions) {}
