package io.keepstream.election.explain;

import io.keepstream.contract.event.TransitionCause;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.StartDelay;
import io.keepstream.election.config.SyncGroupConfig;
import io.keepstream.election.machine.Parameters;
import io.keepstream.election.machine.State;
import java.util.List;
import java.util.Map;

/**
 * All there is to know of one virtual router at one moment.
 *
 * @param config its configuration
 * @param parameters what its machine knows besides its state
 * @param phase its state and how it came there
 * @param watched its trackers
 * @param peers other routers of the same VRID that were heard
 * @param refusal the last packet that was not believed, or null
 * @param group the sync group it moves with, or null
 * @param delayedUntilNanos when the start delay ends; {@link StartDelay#OVER} after that
 * @param counters by name, as in snapshots, with {@code becameMaster} and {@code releasedMaster}
 * @param nowNanos when this was so, on the clock of all nanoseconds here
 */
public record RouterView(
    InstanceConfig config,
    Parameters parameters,
    Phase phase,
    List<Watched> watched,
    List<PeerHeard> peers,
    Refusal refusal,
    SyncGroupConfig group,
    long delayedUntilNanos,
    Map<String, Long> counters,
    long nowNanos) {
  public RouterView {
    watched = List.copyOf(watched);
    peers = List.copyOf(peers);
    counters = Map.copyOf(counters);
  }

  /**
   * A state and how it came about.
   *
   * @param state the state
   * @param cause why it was entered
   * @param sinceNanos when
   */
  public record Phase(State state, TransitionCause cause, long sinceNanos) {}

  /** The instance's name. */
  public String name() {
    return config.router().instance();
  }

  /** The other members of its sync group; none without one. */
  public List<String> companions() {
    return group == null
        ? List.of()
        : group.members().stream().filter(member -> !member.equals(name())).toList();
  }

  /** A counter, 0 when it does not exist. */
  public long counter(String name) {
    return counters.getOrDefault(name, 0L);
  }

  /** How long the state has lasted. */
  public long ageNanos() {
    return nowNanos - phase.sinceNanos();
  }
}
