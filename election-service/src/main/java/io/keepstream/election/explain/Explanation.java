package io.keepstream.election.explain;

import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.config.VirtualAddress;
import io.keepstream.election.machine.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Why a virtual router is what it is. Ages and remaining times are those of the moment of asking;
 * what the cause says is that of the transition.
 *
 * @param router which one
 * @param version 2 or 3
 * @param state its state
 * @param group the sync group it moves with; null without one
 * @param ageMillis how long the state has lasted
 * @param cause why it was entered
 * @param priority the arithmetic of its priority now
 * @param trackers what is tracked, also what shifts nothing now
 * @param faults why it cannot take part; empty when it can
 * @param timers those that run
 * @param peers others that were heard, the last one first
 * @param refused the last refused advert, and how many there were; null without any
 * @param addresses its virtual addresses
 * @param addressesHeld whether they are set on this machine
 * @param next what would make it change its state, in words
 */
public record Explanation(
    VirtualRouterRef router,
    int version,
    VrrpState state,
    Group group,
    long ageMillis,
    TransitionCause cause,
    Priority priority,
    List<Tracker> trackers,
    List<String> faults,
    List<Timer> timers,
    List<Peer> peers,
    Refused refused,
    List<String> addresses,
    boolean addressesHeld,
    List<String> next) {
  /** A sync group, with the other members. */
  public record Group(String name, List<String> others) {}

  /**
   * A tracker.
   *
   * @param says what is known of it
   * @param points what it adds to the priority now, or, negative, subtracts
   */
  public record Tracker(TrackerRef tracker, int weight, boolean reverse, String says, int points) {}

  /** A running timer; {@code remainingMillis} is negative when it is late. */
  public record Timer(String name, long remainingMillis) {}

  /** Another router of the same VRID. */
  public record Peer(String address, int priority, long intervalMillis, long ageMillis) {}

  /**
   * Refused adverts.
   *
   * @param address the last sender
   * @param reason the counter's name, as in {@code checksumErrors}
   * @param meaning the reason in words
   * @param adverts how many for this reason so far
   * @param ageMillis how long ago the last one came
   */
  public record Refused(
      String address, String reason, String meaning, long adverts, long ageMillis) {}

  /** Explains {@code view}. */
  public static Explanation of(RouterView view) {
    State state = view.phase().state();
    List<VirtualAddress> addresses = new ArrayList<>(view.config().addresses());
    addresses.addAll(view.config().excluded());
    return new Explanation(
        view.config().router(),
        view.config().machine().version(),
        state.name(),
        view.group() == null ? null : new Group(view.group().name(), view.companions()),
        millis(view.ageNanos()),
        view.phase().cause(),
        view.parameters().priority(),
        view.watched().stream().map(each -> tracker(view, each)).toList(),
        view.parameters().faults(),
        timers(state, view.nowNanos()),
        view.peers().stream()
            .sorted(Comparator.comparingLong(PeerHeard::atNanos).reversed())
            .map(each -> peer(each, view.nowNanos()))
            .toList(),
        refused(view.refusal(), view.nowNanos()),
        addresses.stream().map(VirtualAddress::text).toList(),
        state instanceof State.Master,
        Prospects.of(view));
  }

  private static Tracker tracker(RouterView view, Watched watched) {
    int points =
        view.parameters().priority().shares().stream()
            .filter(share -> share.tracker().equals(watched.name()))
            .mapToInt(Priority.Share::points)
            .sum();
    return new Tracker(
        watched.tracked().tracker(),
        watched.tracked().weight(),
        watched.tracked().reverse(),
        watched.says(),
        points);
  }

  private static List<Timer> timers(State state, long nowNanos) {
    List<Timer> timers = new ArrayList<>();
    switch (state) {
      case State.Backup backup -> {
        timers.add(new Timer("Master_Down_Timer", millis(backup.deadlineNanos() - nowNanos)));
        if (backup.preemptNotBeforeNanos() != State.NEVER) {
          timers.add(new Timer("preempt_delay", millis(backup.preemptNotBeforeNanos() - nowNanos)));
        }
      }
      case State.Master master ->
          timers.add(new Timer("Adver_Timer", millis(master.deadlineNanos() - nowNanos)));
      case State.Init _, State.Fault _, State.Stop _ -> {
        // none runs
      }
    }
    return timers;
  }

  private static Peer peer(PeerHeard heard, long nowNanos) {
    return new Peer(
        heard.address().getHostAddress(),
        heard.priority(),
        millis(heard.intervalNanos()),
        millis(nowNanos - heard.atNanos()));
  }

  private static Refused refused(Refusal last, long nowNanos) {
    return last == null
        ? null
        : new Refused(
            last.sender(),
            last.reason().counter(),
            last.reason().words(),
            last.packets(),
            millis(nowNanos - last.atNanos()));
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
