/**
 * The messages of the generic netlink family {@code IPVS} ({@code linux/ip_vs.h}), version 1.
 *
 * <p>A service and a destination are nested attributes. Numbers are in host byte order except ports
 * and the IPv4 netmask, which are in network order; the IPv6 netmask is a prefix length in host
 * order. Addresses take 16 bytes, IPv4 the first four. Service flags travel with a mask of the bits
 * that count. The weight has 32 bits.
 *
 * <p>What comes from outside may be anything: an answer that is damaged, or tells of something that
 * has no place in {@code ipvs}, reads as empty.
 */
package io.keepstream.lvs.wire;
