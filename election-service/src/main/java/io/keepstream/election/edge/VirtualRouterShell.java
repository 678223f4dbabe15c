package io.keepstream.election.edge;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.keepstream.contract.Service;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.TransitionTiming;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.election.announce.AnnounceConfig;
import io.keepstream.election.announce.AnnounceSchedule;
import io.keepstream.election.explain.PeerHeard;
import io.keepstream.election.explain.RouterView;
import io.keepstream.election.machine.Effect;
import io.keepstream.election.machine.Event;
import io.keepstream.election.machine.Parameters;
import io.keepstream.election.machine.State;
import io.keepstream.election.machine.Transition;
import io.keepstream.election.machine.VirtualRouter;
import io.keepstream.election.machine.VirtualRouterConfig;
import io.keepstream.election.port.RouterPorts;
import io.keepstream.runtime.Window;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs one virtual router: turns callbacks into events, asks the machine, performs its effects in
 * order, and keeps one timer at the earliest deadline. No rule of the protocol is here. Everything
 * is called on one thread.
 */
public final class VirtualRouterShell {
  private VirtualRouterRef router;
  private final RouterPorts ports;
  private final ConflictWatch conflicts;
  private final IntervalWatch intervals;
  private final Window ownAddress = new Window();
  private AnnounceConfig announceConfig;
  private Parameters parameters;
  private State state = new State.Init();
  private AnnounceSchedule announcements = AnnounceSchedule.idle();
  private TransitionCause cause = TransitionCause.of(TransitionCause.Reason.STARTED);
  private long sinceNanos;
  private long heardIntervalNanos;
  private long latestNanos = Long.MIN_VALUE;
  private long lastAdvertNanos;
  private long claimedNanos;
  private long announcedNanos;
  private final PeersHeard peers = new PeersHeard();
  private long becameMaster;
  private long releasedMaster;
  private SyncGroupShell group;

  /** What an event still asks for; of a takeover, all but its advert. Null between events. */
  private Runnable rest;

  /** A router in INIT; nothing happens before {@link #start}. */
  public VirtualRouterShell(VirtualRouterRef router, AnnounceConfig announce, RouterPorts ports) {
    this.router = router;
    this.announceConfig = announce;
    this.ports = ports;
    this.conflicts = new ConflictWatch(router, ports.publishing());
    this.intervals = new IntervalWatch(router, ports.publishing());
    this.sinceNanos = ports.publishing().nowNanos();
  }

  /** Moves with a sync group from now on; with null, alone. */
  public void join(SyncGroupShell next) {
    group = next;
  }

  /** Begins with what is known now. */
  public void start(Parameters initial) {
    parametersChanged(initial);
  }

  /** Something that this router knows by itself may have changed. */
  public void parametersChanged(Parameters own) {
    if (group == null) {
      take(own);
    } else {
      group.known(this, own);
    }
  }

  /** Takes in all that is to be known. */
  void take(Parameters next) {
    finish();
    Parameters previous = parameters;
    if (next.equals(previous)) {
      return;
    }
    parameters = next;
    tellWhatHoldsUp(previous);
    if (previous == null) {
      on(new Event.ParametersChanged(next));
      return;
    }
    if (next.effectivePriority() != previous.effectivePriority()) {
      publish(
          new VrrpEvent.PriorityChanged(
              router, state.name(), previous.effectivePriority(), next.priority()));
    }
    on(new Event.ParametersChanged(previous));
  }

  /** What keeps a router from taking part is told again when it is not what it was. */
  private void tellWhatHoldsUp(Parameters previous) {
    boolean waited = previous != null && !previous.ready();
    if (state instanceof State.Init && !parameters.ready() && !waited) {
      publish(new VrrpEvent.ResultsAwaited(router, parameters.awaited()));
    }
    if (state instanceof State.Fault && !parameters.faults().isEmpty()) {
      List<String> cleared = new ArrayList<>(previous.faults());
      cleared.removeAll(parameters.faults());
      if (!cleared.isEmpty() || !previous.faults().containsAll(parameters.faults())) {
        publish(new VrrpEvent.FaultsChanged(router, parameters.faults(), cleared));
      }
    }
  }

  /** The configuration of announcements has changed; bursts already due keep their time. */
  public void announceConfigChanged(AnnounceConfig next) {
    finish();
    if (isMaster()) {
      announcements =
          announcements.reconfigured(announceConfig, next, ports.publishing().nowNanos());
    }
    announceConfig = next;
    rearm();
  }

  /** What goes out reaches the network again; a MASTER announces as if it had just become it. */
  public void networkBack() {
    finish();
    if (isMaster()) {
      announce(announcements.networkBack(announceConfig, ports.publishing().nowNanos()));
      rearm();
    }
  }

  /** A valid advert arrived {@code ageNanos} ago, but after everything that was acted on. */
  public void advertHeard(
      InetAddress sender, int priority, long advertIntervalNanos, long ageNanos) {
    long nowNanos = Math.max(latestNanos, ports.publishing().nowNanos() - ageNanos);
    Event.AdvertHeard heard = new Event.AdvertHeard(sender, priority, advertIntervalNanos);
    Event.AdvertHeard advert = intervals.judge(parameters.config(), heard, learntNanos(), nowNanos);
    heardIntervalNanos = advert.advertIntervalNanos();
    on(advert, nowNanos);
    lastAdvertNanos = nowNanos;
    peers.heard(new PeerHeard(sender, priority, advertIntervalNanos, nowNanos));
  }

  private long learntNanos() {
    return state instanceof State.Backup backup
        ? backup.masterAdverIntervalNanos()
        : parameters.config().advertIntervalNanos();
  }

  /** The alarm rang, and then the socket was read: silence since then may be a stall of ours. */
  public void alarmRang(long rangNanos) {
    if (rangNanos >= state.deadlineNanos()) {
      on(new Event.TimerExpired());
    }
    long nowNanos = ports.publishing().nowNanos();
    if (nowNanos >= announcements.deadlineNanos()) {
      announce(announcements.due(announceConfig, nowNanos));
    }
    conflicts.due(parameters, rangNanos);
    rearm();
  }

  /** Goes by another name from now on. */
  public void renamed(VirtualRouterRef next) {
    finish();
    String formerly = name();
    router = next;
    conflicts.renamed(next);
    intervals.renamed(next);
    if (!formerly.equals(name())) {
      publish(new VrrpEvent.Renamed(router, state.name(), formerly));
    }
  }

  /**
   * Leaves politely; nothing happens afterwards.
   *
   * @param deleted whether the configuration no longer has this router
   */
  public void shutdown(boolean deleted) {
    on(new Event.Shutdown(deleted));
  }

  /** The instance's name. */
  String name() {
    return router.instance();
  }

  State machineState() {
    return state;
  }

  /** The state's public name. */
  public VrrpState state() {
    return state.name();
  }

  /** Whether the addresses are ours now. */
  public boolean isMaster() {
    return state instanceof State.Master;
  }

  /** Why the state was entered. */
  public TransitionCause cause() {
    return cause;
  }

  /** The state and how it came about. */
  public RouterView.Phase phase() {
    return new RouterView.Phase(state, cause, sinceNanos);
  }

  /** Who was heard lately. */
  public List<PeerHeard> peers() {
    return peers.peers();
  }

  /** How often this router became MASTER. */
  public long becameMaster() {
    return becameMaster;
  }

  /** How often it ceased to be MASTER. */
  public long releasedMaster() {
    return releasedMaster;
  }

  /** How long the state has lasted. */
  public long ageMillis() {
    return NANOSECONDS.toMillis(ports.publishing().nowNanos() - sinceNanos);
  }

  /** What is known, as last given. */
  public Parameters parameters() {
    return parameters;
  }

  /** The MASTER last heard, or null while we are it or none was heard. */
  public InetAddress master() {
    return state instanceof State.Backup backup && backup.heard() != null
        ? backup.heard().sender()
        : null;
  }

  /** Something happened; the sync group learns what came of it. */
  void on(Event event) {
    on(event, ports.publishing().nowNanos());
  }

  private void on(Event event, long nowNanos) {
    finish();
    latestNanos = nowNanos;
    State previous = state;
    Transition transition = VirtualRouter.next(parameters, previous, event, nowNanos);
    state = transition.state();
    long heldNanos = nowNanos - sinceNanos;
    if (transition.cause() != null) {
      entered(previous, transition.cause(), nowNanos);
    }
    List<Effect> effects = transition.effects();
    boolean takeover = isMaster() && !(previous instanceof State.Master);
    int urgent = takeover ? adverts(effects) : effects.size();
    perform(effects.subList(0, urgent), nowNanos);
    if (takeover) {
      rest =
          () -> {
            perform(effects.subList(urgent, effects.size()), nowNanos);
            tell(previous, heldNanos, nowNanos);
          };
      ports.alarm().afterAdverts(this::finish);
    } else if (transition.cause() != null) {
      tell(previous, heldNanos, nowNanos);
    }
    rearm();
    if (group != null) {
      group.moved(this, previous, event, transition.cause());
    }
  }

  /** How many effects, from the first on, are adverts. */
  private static int adverts(List<Effect> effects) {
    return (int) effects.stream().takeWhile(Effect.Advertise.class::isInstance).count();
  }

  /** Nothing else happens to a router between its first advert and the rest of its takeover. */
  private void finish() {
    if (rest != null) {
      Runnable due = rest;
      rest = null;
      due.run();
      rearm();
    }
  }

  private void perform(List<Effect> effects, long nowNanos) {
    for (Effect effect : effects) {
      perform(effect, nowNanos);
    }
  }

  private void perform(Effect effect, long nowNanos) {
    switch (effect) {
      case Effect.Advertise advertise -> ports.adverts().send(advertise.priority());
      case Effect.ClaimAddresses ignored -> {
        ports.addresses().claim();
        claimedNanos = ports.publishing().nowNanos();
      }
      case Effect.ReleaseAddresses ignored -> ports.addresses().release();
      case Effect.Announce announce -> announce(step(announce.occasion(), nowNanos));
      case Effect.StopAnnouncing ignored -> {
        announcements = AnnounceSchedule.idle();
        ports.announcer().forget();
        conflicts.end(parameters, nowNanos);
      }
      case Effect.ReportLowerPriority heard ->
          conflicts.heard(
              parameters, heard.sender(), heard.priority(), heardIntervalNanos, nowNanos);
      case Effect.ReportOwnerConflict heard ->
          conflicts.heard(
              parameters,
              heard.sender(),
              VirtualRouterConfig.OWNER_PRIORITY,
              heardIntervalNanos,
              nowNanos);
      case Effect.ReportOwnAddressHeard heard -> {
        if (ownAddress.count(nowNanos) != null) {
          publish(new VrrpEvent.OwnAddressHeard(router, heard.sender().getHostAddress()));
        }
      }
      case Effect.ReportStall stall ->
          publish(
              new NodeEvent.Stalled(Service.ELECTION, NANOSECONDS.toMillis(stall.stalledNanos())));
    }
  }

  private AnnounceSchedule.Step step(Effect.Occasion occasion, long nowNanos) {
    return switch (occasion) {
      case BECAME_MASTER -> AnnounceSchedule.becameMaster(announceConfig, nowNanos);
      case LOWER_PRIORITY_HEARD -> announcements.lowerPriorityHeard(announceConfig, nowNanos);
    };
  }

  private void announce(AnnounceSchedule.Step step) {
    announcements = step.next();
    if (step.rounds() > 0) {
      ports.announcer().announce(step.rounds());
      announcedNanos = ports.publishing().nowNanos();
    }
  }

  private void tell(State previous, long heldNanos, long nowNanos) {
    publish(
        new VrrpEvent.InstanceChanged(
            router,
            previous.name(),
            state.name(),
            NANOSECONDS.toMillis(heldNanos),
            parameters.priority(),
            cause,
            isMaster() ? timing(previous, nowNanos) : null));
  }

  private void entered(State previous, TransitionCause why, long nowNanos) {
    becameMaster += state instanceof State.Master ? 1 : 0;
    releasedMaster += previous instanceof State.Master ? 1 : 0;
    cause = why;
    sinceNanos = nowNanos;
  }

  private TransitionTiming timing(State previous, long nowNanos) {
    long dueNanos = previous.deadlineNanos();
    return new TransitionTiming(
        lastAdvertNanos == 0 ? 0 : NANOSECONDS.toMicros(nowNanos - lastAdvertNanos),
        dueNanos == State.NEVER ? 0 : NANOSECONDS.toMicros(Math.max(0, nowNanos - dueNanos)),
        NANOSECONDS.toMicros(claimedNanos - nowNanos),
        NANOSECONDS.toMicros(announcedNanos - nowNanos));
  }

  private void rearm() {
    long ownNanos = Math.min(announcements.deadlineNanos(), conflicts.deadlineNanos());
    ports.alarm().rearm(Math.min(state.deadlineNanos(), ownNanos));
  }

  private void publish(io.keepstream.contract.event.Event event) {
    ports.publishing().publish(event);
  }
}
