/**
 * The kernel's tables by netlink(7): asking, changing and being told.
 *
 * <ul>
 *   <li>{@link io.keepstream.linux.netlink.NetlinkSocket}: any request, one or hundreds per write.
 *       The kernel does what is asked inside the write, so that the answer is there when the write
 *       returns: calls here do not block, and are bounded should an answer be missing
 *   <li>{@link io.keepstream.linux.netlink.RouteNetlink}: links, addresses, routes and rules
 *   <li>{@link io.keepstream.linux.netlink.RouteMonitor}: their changes, as they happen
 *   <li>{@link io.keepstream.linux.netlink.LinkNetlink}: making macvlans, settings of links
 *   <li>{@link io.keepstream.linux.netlink.NfNetlink}: packet filter tables, by transactions
 *   <li>{@link io.keepstream.linux.netlink.ProcessMonitor}: processes that begin and end
 *   <li>{@link io.keepstream.linux.netlink.GenericNetlink}: families such as IPVS
 * </ul>
 *
 * <p>Nothing is believed that does not come from the kernel itself. When the kernel had to drop
 * news because we were slow (ENOBUFS), that is said as such: whoever listens reads the tables anew.
 *
 * <p>A socket is used by one thread at a time and belongs to the network namespace of the thread
 * that opened it.
 */
package io.keepstream.linux.netlink;
