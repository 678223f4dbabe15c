/**
 * Programs that are not ours and say what really happened: {@code tcpdump} with {@code tshark} for
 * the wire, {@code ipvsadm} for the kernel's IPVS table.
 */
package io.keepstream.testkit.witness;
