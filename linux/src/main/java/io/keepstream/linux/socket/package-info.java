/**
 * Sockets on Netty's event loop, without Netty's pipeline: a packet is read with one recvmsg(2)
 * into memory allocated once, on the thread that decides about it, together with the ancillary data
 * that Netty's own datagram channel hides.
 *
 * <p>A socket is opened on any thread (its network namespace is that of the opening thread) and is
 * from then on used by one thread, the loop that its {@link io.keepstream.linux.socket.FdChannel}
 * is registered on. Opening is all or nothing; closing happens once, by the channel if there is
 * one. Sending and receiving answer with a length or a negative error number and allocate nothing;
 * the JDK itself takes 40 bytes a call unless compiled by C2.
 */
package io.keepstream.linux.socket;
