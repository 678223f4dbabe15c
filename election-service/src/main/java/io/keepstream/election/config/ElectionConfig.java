package io.keepstream.election.config;

import io.keepstream.contract.event.TrackerRef;
import io.keepstream.election.announce.Pacing;
import io.keepstream.election.link.Vmac;
import io.keepstream.election.machine.Tracking.Tracked;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The configuration of election-service.
 *
 * @param instances the virtual routers, in the order of the file
 * @param groups which of them move together
 * @param statics what is in the kernel's tables whoever is MASTER
 * @param bfdSessions the BFD sessions, in the order of the file
 * @param links what is said about interfaces as such
 * @param pacing how close together announcements may be
 * @param startDelay how long instances wait after a start
 * @param patience for how many nanoseconds without a word of health-service the last result of a
 *     tracker holds; of one that is not in it, for ever
 */
public record ElectionConfig(
    List<InstanceConfig> instances,
    List<SyncGroupConfig> groups,
    List<StaticItem> statics,
    List<BfdConfig> bfdSessions,
    LinkGlobals links,
    Pacing pacing,
    StartDelay startDelay,
    Map<TrackerRef, Long> patience) {
  /** Nothing to elect. */
  public static final ElectionConfig NOTHING =
      new ElectionConfig(
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          LinkGlobals.DEFAULT,
          Pacing.NONE,
          StartDelay.NONE,
          Map.of());

  public ElectionConfig {
    instances = List.copyOf(instances);
    groups = List.copyOf(groups);
    statics = List.copyOf(statics);
    bfdSessions = List.copyOf(bfdSessions);
    patience = Map.copyOf(patience);
  }

  /** The interface each VMAC sits on, by the VMAC's name. */
  public Map<String, String> vmacBases() {
    return instances.stream()
        .flatMap(instance -> instance.link().vmacs().stream())
        .collect(Collectors.toMap(Vmac::name, Vmac::base));
  }

  /** All that is tracked by any instance. */
  public Set<TrackerRef> trackers() {
    return instances.stream()
        .flatMap(instance -> instance.tracked().stream())
        .map(Tracked::tracker)
        .collect(Collectors.toSet());
  }
}
