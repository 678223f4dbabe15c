package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/** What happens to the kernel's table of virtual services as a whole. */
public sealed interface LvsEvent extends Event
    permits LvsEvent.Unavailable,
        LvsEvent.Available,
        LvsEvent.DriftRepaired,
        LvsEvent.SyncDaemonStarted,
        LvsEvent.SyncDaemonStopped,
        LvsEvent.TimeoutsSet,
        LvsEvent.ChangeFailed,
        NodeDrainEvent {

  @Override
  default String subject() {
    return "lvs/table";
  }

  /** The kernel has nothing that could balance; balancing is off, everything else runs. */
  @JsonTypeName("io.keepstream.lvs.unavailable.v1")
  record Unavailable(String detail) implements LvsEvent {
    @Override
    public String summary() {
      return "LVS unavailable: " + detail;
    }
  }

  /**
   * The kernel's IPVS, or nftables in its place, answers.
   *
   * @param adoptedServices virtual services that were in the table and are ours
   * @param adoptedDestinations their destinations
   */
  @JsonTypeName("io.keepstream.lvs.available.v1")
  record Available(int adoptedServices, int adoptedDestinations) implements LvsEvent {
    @Override
    public String summary() {
      return "LVS ready; found %d virtual service(s) and %d destination(s) already there"
          .formatted(adoptedServices, adoptedDestinations);
    }
  }

  /**
   * The table differed from what it should be without any change of ours, and was repaired.
   *
   * @param changes what was done, in words; the first ones where there were very many
   * @param total how many there were
   */
  @JsonTypeName("io.keepstream.lvs.drift-repaired.v1")
  record DriftRepaired(List<String> changes, int total) implements LvsEvent {
    public DriftRepaired {
      changes = List.copyOf(changes);
    }

    /** Few enough to be told one by one. */
    public DriftRepaired(List<String> changes) {
      this(changes, changes.size());
    }

    @Override
    public String summary() {
      int untold = total - changes.size();
      return "LVS table drift repaired: %s%s"
          .formatted(
              String.join("; ", changes), untold > 0 ? "; and %d more".formatted(untold) : "");
    }
  }

  /**
   * A sync daemon runs from now on.
   *
   * @param role {@code master} or {@code backup}
   * @param syncId what daemons that belong together share
   * @param detail the interface and everything that was set
   */
  @JsonTypeName("io.keepstream.lvs.sync-daemon-started.v1")
  record SyncDaemonStarted(String role, String networkInterface, int syncId, String detail)
      implements LvsEvent {
    @Override
    public String summary() {
      return "IPVS sync daemon %s started (%s)".formatted(role, detail);
    }
  }

  /**
   * A sync daemon runs no longer.
   *
   * @param role {@code master} or {@code backup}
   * @param syncId what daemons that belong together share
   */
  @JsonTypeName("io.keepstream.lvs.sync-daemon-stopped.v1")
  record SyncDaemonStopped(String role, String networkInterface, int syncId) implements LvsEvent {
    @Override
    public String summary() {
      return "IPVS sync daemon %s stopped (%s, id %d)".formatted(role, networkInterface, syncId);
    }
  }

  /**
   * The time for which idle connections stay known was changed.
   *
   * @param previous all three as they were, in words
   * @param tcpSeconds of established TCP connections
   * @param tcpFinSeconds of TCP connections after a FIN
   * @param udpSeconds of UDP
   */
  @JsonTypeName("io.keepstream.lvs.timeouts-set.v1")
  record TimeoutsSet(String previous, long tcpSeconds, long tcpFinSeconds, long udpSeconds)
      implements LvsEvent {
    @Override
    public String summary() {
      return "IPVS timeouts set to tcp %d s, tcpfin %d s, udp %d s (were %s)"
          .formatted(tcpSeconds, tcpFinSeconds, udpSeconds, previous);
    }
  }

  /**
   * The kernel refused a change.
   *
   * @param change what was to be done, in words
   */
  @JsonTypeName("io.keepstream.lvs.change-failed.v1")
  record ChangeFailed(String change, String detail) implements LvsEvent {
    @Override
    public String summary() {
      return "LVS: %s failed: %s".formatted(change, detail);
    }
  }
}
