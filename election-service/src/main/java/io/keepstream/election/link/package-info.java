/**
 * The interfaces a virtual router uses, as they are wanted and as they are believed to be; pure.
 *
 * <p>With {@code use_vmac} a router has an interface of its own: a macvlan of mode private on its
 * base interface that carries the virtual MAC (RFC 9568 section 7.3). The virtual addresses are set
 * there, and adverts leave from there with the base's address, unless they go from the base ({@code
 * vmac_xmit_base}). The base decides whether the router can take part at all.
 *
 * <p>What is not accepted, and what must not leave through an interface with a virtual MAC, is
 * dropped by the kernel's nf_tables, in tables of our own. They are set by netlink on the election
 * loop and not by the {@code nft} program: the kernel answers within the call, so a rule is in
 * force before the address it is for, and no program has to be started in a takeover.
 */
package io.keepstream.election.link;
