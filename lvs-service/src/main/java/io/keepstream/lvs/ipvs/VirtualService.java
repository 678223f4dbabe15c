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
 * @param persistence how clients stay with their destination
 */
public record VirtualService(
    ServiceKey key, String scheduler, Set<ServiceFlag> flags, Persistence persistence) {
  public VirtualService {
    flags = Collections.unmodifiableSet(new TreeSet<>(flags));
  }

  /** The same service with one more flag. */
  public VirtualService with(ServiceFlag flag) {
    Set<ServiceFlag> more = new TreeSet<>(flags);
    more.add(flag);
    return new VirtualService(key, scheduler, more, persistence);
  }
}
