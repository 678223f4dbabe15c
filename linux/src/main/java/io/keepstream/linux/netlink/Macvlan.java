package io.keepstream.linux.netlink;

import io.keepstream.linux.wire.MacAddress;

/**
 * A macvlan of mode private, as it is wanted: an interface with a link-layer address of its own on
 * another interface.
 *
 * @param name at most 15 bytes
 * @param lowerIndex the interface it sits on
 * @param group interface group, 0 is the default one
 */
public record Macvlan(String name, int lowerIndex, MacAddress mac, int group) {}
