/**
 * Bytes as the kernel and the network write them: byte order, checksums, netlink messages and their
 * attributes. Everything here is a function of its arguments; there are no sockets, threads or
 * clocks, so pure packages of the services may build on it.
 *
 * <p>Writers write into a buffer of the caller's and throw when a value cannot be written, since
 * that is a mistake of ours. Readers never throw and always end, whatever the bytes are: they stop
 * at the first thing that makes no sense and remember it.
 */
package io.keepstream.linux.wire;
