/**
 * What the kernel offers, and nothing of what Keepstream does with it.
 *
 * <ul>
 *   <li>{@link io.keepstream.linux.wire}: bytes as the kernel and the network write them; pure
 *   <li>{@link io.keepstream.linux.nft}: tables of nf_tables and the messages about them; pure
 *   <li>{@link io.keepstream.linux.libc}: the C library, called by its manual-page names
 *   <li>{@link io.keepstream.linux.socket}: raw, packet and probe sockets on Netty's event loop
 *   <li>{@link io.keepstream.linux.netlink}: requests to and news from the kernel's tables
 *   <li>{@link io.keepstream.linux.file}: being told of changes of files, and reading small ones
 *   <li>{@link io.keepstream.linux.namespace}: opening sockets in other network namespaces
 * </ul>
 */
package io.keepstream.linux;
