package io.keepstream.election.config;

import java.util.HashSet;
import java.util.Set;

/**
 * Gives interfaces with a virtual MAC the names keepalived gives them: {@code vrrp.51}, when that
 * is taken {@code vrrp6.51} for IPv6, and then {@code vrrp1.51} and so on.
 */
final class VmacNames {
  private final Set<String> taken = new HashSet<>();

  /** Takes a name that the configuration gives; false if another instance has it. */
  boolean take(String name) {
    return taken.add(name);
  }

  /** A free name. */
  String next(String prefix, int vrid, boolean ipv6) {
    String name = prefix + "." + vrid;
    if (ipv6 && taken.contains(name)) {
      name = prefix + "6." + vrid;
    }
    for (int number = 1; !taken.add(name); number++) {
      name = prefix + number + "." + vrid;
    }
    return name;
  }
}
