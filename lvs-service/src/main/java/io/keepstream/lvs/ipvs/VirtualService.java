package io.keepstream.lvs.ipvs;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A virtual service.
 *
 * @param key which packets are its own
 * @param scheduler the kernel's name of the scheduler, such as {@code wlc}
 * @param flags what is switched on
 * @param persistenceSeconds how long a client stays with its destination; 0 without PERSISTENT
 * @param netmask which clients count as one: the mask's 32 bits for IPv4, the prefix length for
 *     IPv6
 * @param persistenceEngine the kernel's name of the persistence engine, or empty
 */
public record VirtualService(
    ServiceKey key,
    String scheduler,
    Set<ServiceFlag> flags,
    int persistenceSeconds,
    int netmask,
    String persistenceEngine) {
  public VirtualService {
    flags = Collections.unmodifiableSet(new TreeSet<>(flags));
  }
}
