/**
 * The kernel's IPVS table as values: virtual services, their destinations, and the table of both.
 *
 * <p>A virtual service is known by its {@link io.keepstream.lvs.ipvs.ServiceKey}, a destination by
 * its {@link io.keepstream.lvs.ipvs.DestinationKey} inside its service; everything else about them
 * can be changed in place. {@link io.keepstream.lvs.ipvs.Counters} stand apart, because two tables
 * are equal when they balance alike, whatever has passed through them.
 *
 * <p>Words are the kernel's and ipvsadm's; numbers have the kernel's meaning and range.
 */
package io.keepstream.lvs.ipvs;
