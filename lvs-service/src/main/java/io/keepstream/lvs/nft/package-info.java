/**
 * A table of virtual servers as an nf_tables ruleset, and back; pure.
 *
 * <p>Everything is in one table. Its frame ({@link io.keepstream.lvs.nft.Frame}) sends the first
 * packet of a connection to the chain of its service, by firewall mark, by protocol, address and
 * port, or by protocol and address ({@link io.keepstream.lvs.nft.Way}); without a mark the address
 * must be local, as for IPVS. The chain of a service ({@link io.keepstream.lvs.nft.ServiceRules})
 * chooses a place ({@link io.keepstream.lvs.nft.Places}) and goes to the chain of the real server
 * there, which counts the connection and rewrites its destination. From then on the connection is
 * conntrack's: changes of the ruleset do not move it. The frame also counts the packets of such
 * connections, and masquerades those that ask for it.
 *
 * <p>What the rules alone do not tell, such as the scheduler and weights, is in their comments, so
 * that {@link io.keepstream.lvs.nft.Readback} finds out what is in the kernel from the kernel
 * alone. What it finds counts only if it would be written just so; a service that somebody has
 * edited is read as one with another scheduler, and so is repaired.
 */
package io.keepstream.lvs.nft;
