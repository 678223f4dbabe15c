package io.keepstream.lvs.plan;

import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.ipvs.SyncDaemon;
import io.keepstream.lvs.ipvs.Timeouts;
import java.util.HashSet;
import java.util.Set;

/**
 * What goes when it is not wanted; everything else that is not wanted is somebody else's and stays.
 *
 * @param services may be removed
 * @param daemons may be stopped
 * @param former what timeouts that were set come back to; 0 for those that were not
 */
public record Owned(Set<ServiceKey> services, Set<SyncDaemon.Role> daemons, Timeouts former) {
  public static final Owned NOTHING = new Owned(Set.of(), Set.of(), Timeouts.UNCHANGED);

  public Owned {
    services = Set.copyOf(services);
    daemons = Set.copyOf(daemons);
  }

  /** Nothing but services. */
  public static Owned services(Set<ServiceKey> services) {
    return new Owned(services, Set.of(), Timeouts.UNCHANGED);
  }

  /** Whether nothing is. */
  public boolean isNothing() {
    return equals(NOTHING);
  }

  /** This with all services of {@code actual}, whoever has put them there. */
  public Owned withServicesOf(ServiceTable actual) {
    Set<ServiceKey> all = new HashSet<>(services);
    all.addAll(actual.entries().keySet());
    return new Owned(all, daemons, former);
  }

  /**
   * What is owned when {@code desired} was asked for and {@code actual} has become {@code after}.
   * Whoever wants one sync daemon decides about both.
   */
  Owned next(ServiceTable desired, ServiceTable actual, ServiceTable after) {
    Set<ServiceKey> ours = new HashSet<>(services);
    ours.retainAll(after.entries().keySet());
    ours.addAll(desired.entries().keySet());
    Set<SyncDaemon.Role> run = new HashSet<>(daemons);
    run.retainAll(after.settings().daemons().keySet());
    boolean syncs = !desired.settings().daemons().isEmpty();
    return new Owned(
        ours,
        syncs ? Set.of(SyncDaemon.Role.values()) : run,
        former(desired.settings().timeouts(), actual.settings().timeouts()));
  }

  private Timeouts former(Timeouts wanted, Timeouts actual) {
    return new Timeouts(
        former(wanted.tcpSeconds(), former.tcpSeconds(), actual.tcpSeconds()),
        former(wanted.tcpFinSeconds(), former.tcpFinSeconds(), actual.tcpFinSeconds()),
        former(wanted.udpSeconds(), former.udpSeconds(), actual.udpSeconds()));
  }

  private static long former(long wanted, long former, long actual) {
    if (wanted == 0) {
      return 0;
    }
    return former == 0 ? actual : former;
  }
}
