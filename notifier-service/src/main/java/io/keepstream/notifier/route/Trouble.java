package io.keepstream.notifier.route;

import io.keepstream.contract.Service;
import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.BfdEvent;
import io.keepstream.contract.event.ClusterEvent;
import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.GroupChanged;
import io.keepstream.contract.event.JournalEvent;
import io.keepstream.contract.event.LinkEvent;
import io.keepstream.contract.event.LvsEvent;
import io.keepstream.contract.event.NodeDrainEvent;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.contract.event.NoiseEvent;
import io.keepstream.contract.event.OperatorEvent;
import io.keepstream.contract.event.RoutingEvent;
import io.keepstream.contract.event.TrackerChanged;
import io.keepstream.contract.event.VipEvent;
import io.keepstream.contract.event.VirtualServerEvent;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.contract.event.VrrpState;
import java.util.Locale;
import java.util.Optional;

/**
 * What an event says of trouble that lasts: that it is there, or that it is over. Most events say
 * neither.
 *
 * @param key what the trouble is with, the same when it begins and when it is over; unique on a
 *     node
 * @param severity how bad it is while it lasts
 * @param lasts false when it is over
 */
public record Trouble(String key, Severity severity, boolean lasts) {

  /** How bad it is, in the words of PagerDuty and most others. */
  public enum Severity {
    /** Somebody may be without service. */
    CRITICAL,
    /** A part does not work. */
    ERROR,
    /** Nothing fails yet. */
    WARNING,
    INFO
  }

  /** Of the event; empty when it is no trouble and ends none. */
  public static Optional<Trouble> of(Event event) {
    return switch (event) {
      case VrrpEvent e -> ofVrrp(e);
      case GroupChanged e -> ofState(e.subject(), e.to());
      case VipEvent e -> ofAddress(e);
      case RoutingEvent e -> ofRouting(e);
      case TrackerChanged e -> of(e.subject(), Severity.WARNING, !e.up());
      case BackendEvent e -> ofBackend(e);
      case VirtualServerEvent e -> ofVirtualServer(e);
      case LvsEvent e -> ofTable(e);
      case BfdEvent e -> ofSession(e);
      case NodeEvent e -> ofNode(e);
      case DeliveryEvent e -> ofDelivery(e);
      case JournalEvent.Failing e -> of(e.subject(), Severity.WARNING, true);
      case JournalEvent.Recovered e -> of(e.subject(), Severity.WARNING, false);
      case JournalEvent.EventsMissing _, JournalEvent.EventsDropped _ -> Optional.empty();
      case ClusterEvent.SplitBrainSuspected e -> of(e.subject(), Severity.CRITICAL, true);
      case ClusterEvent.SplitBrainEnded e -> of(e.subject(), Severity.CRITICAL, false);
      case NoiseEvent e -> ofNoise(e);
      case LinkEvent _ -> Optional.empty();
    };
  }

  private static Optional<Trouble> of(String key, Severity severity, boolean lasts) {
    return Optional.of(new Trouble(key, severity, lasts));
  }

  private static Optional<Trouble> ofState(String key, VrrpState state) {
    return state == VrrpState.INIT
        ? Optional.empty()
        : of(key, Severity.CRITICAL, state == VrrpState.FAULT);
  }

  private static Optional<Trouble> ofVrrp(VrrpEvent event) {
    String conflict = event.subject() + "/conflict";
    return switch (event) {
      case VrrpEvent.InstanceChanged e -> ofState(e.subject(), e.to());
      case VrrpEvent.LowerPriorityHeard _, VrrpEvent.OwnerConflict _, VrrpEvent.ConflictLasts _ ->
          of(conflict, Severity.CRITICAL, true);
      case VrrpEvent.ConflictEnded _ -> of(conflict, Severity.CRITICAL, false);
      case VrrpEvent.Renamed _,
          VrrpEvent.PriorityChanged _,
          VrrpEvent.ResultsAwaited _,
          VrrpEvent.FaultsChanged _,
          VrrpEvent.IntervalDoubted _,
          VrrpEvent.OwnAddressHeard _,
          VrrpEvent.AdvertsRejected _,
          VrrpEvent.AdvertsUnsent _,
          VrrpEvent.AdvertsDiffer _,
          VrrpEvent.ChecksumFormHeard _,
          VrrpEvent.UnknownVridHeard _ ->
          Optional.empty();
    };
  }

  private static Optional<Trouble> ofAddress(VipEvent event) {
    return switch (event) {
      case VipEvent.Failed e -> of(e.subject(), Severity.CRITICAL, true);
      case VipEvent.Claimed _, VipEvent.Released _, VipEvent.Adopted _ ->
          of(event.subject(), Severity.CRITICAL, false);
      case VipEvent.LeftoverRemoved _,
          VipEvent.DriftRepaired _,
          VipEvent.StrayRemoved _,
          VipEvent.Foreign _ ->
          Optional.empty();
    };
  }

  private static Optional<Trouble> ofRouting(RoutingEvent event) {
    return switch (event) {
      case RoutingEvent.Failed e -> of(e.subject(), Severity.ERROR, true);
      case RoutingEvent.Claimed _, RoutingEvent.Released _, RoutingEvent.Adopted _ ->
          of(event.subject(), Severity.ERROR, false);
      case RoutingEvent.DriftRepaired _, RoutingEvent.LeftoverRemoved _ -> Optional.empty();
    };
  }

  private static Optional<Trouble> ofBackend(BackendEvent event) {
    return switch (event) {
      case BackendEvent.Up e -> of(e.subject(), Severity.ERROR, false);
      case BackendEvent.Down e -> of(e.subject(), Severity.ERROR, true);
      case BackendEvent.CheckChanged _,
          BackendEvent.ShadowVerdict _,
          BackendEvent.ChecksCopied _,
          BackendEvent.StartedUp _,
          BackendEvent.Withdrawn _,
          BackendEvent.Added _,
          BackendEvent.Removed _,
          BackendEvent.WeightChanged _,
          BackendEvent.WeightAdjusted _,
          OperatorEvent _ ->
          Optional.empty();
    };
  }

  private static Optional<Trouble> ofVirtualServer(VirtualServerEvent event) {
    String panic = event.subject() + "/panic";
    return switch (event) {
      case VirtualServerEvent.QuorumGained e -> of(e.subject(), Severity.CRITICAL, false);
      case VirtualServerEvent.QuorumLost e -> of(e.subject(), Severity.CRITICAL, true);
      case VirtualServerEvent.PanicBegan _ -> of(panic, Severity.CRITICAL, true);
      case VirtualServerEvent.PanicEnded _ -> of(panic, Severity.CRITICAL, false);
      case VirtualServerEvent.Withdrawn _,
          VirtualServerEvent.ChecksSuspended _,
          VirtualServerEvent.ChecksResumed _ ->
          Optional.empty();
    };
  }

  private static Optional<Trouble> ofTable(LvsEvent event) {
    return switch (event) {
      case LvsEvent.Unavailable e -> of(e.subject(), Severity.CRITICAL, true);
      case LvsEvent.Available e -> of(e.subject(), Severity.CRITICAL, false);
      case LvsEvent.DriftRepaired _, LvsEvent.ChangeFailed _ -> Optional.empty();
      case LvsEvent.SyncDaemonStarted _, LvsEvent.SyncDaemonStopped _, LvsEvent.TimeoutsSet _ ->
          Optional.empty();
      case NodeDrainEvent _ -> Optional.empty();
    };
  }

  private static Optional<Trouble> ofSession(BfdEvent event) {
    return switch (event) {
      case BfdEvent.Up e -> of(e.subject(), Severity.ERROR, false);
      case BfdEvent.Down _, BfdEvent.Failed _ -> of(event.subject(), Severity.ERROR, true);
      case BfdEvent.PacketsRejected _, BfdEvent.PacketsUnsent _ -> Optional.empty();
    };
  }

  private static Optional<Trouble> ofNode(NodeEvent event) {
    String config = event.subject() + "/config";
    return switch (event) {
      case NodeEvent.ConfigRejected _, NodeEvent.ReloadFailed _ ->
          of(config, Severity.WARNING, true);
      case NodeEvent.ConfigReloaded _ -> of(config, Severity.WARNING, false);
      case NodeEvent.ServiceLost(var service, _, _, _) -> ofService(event, service, true);
      case NodeEvent.ServiceBack(var service, _, _) -> ofService(event, service, false);
      case NodeEvent.Started _,
          NodeEvent.Stopping _,
          NodeEvent.StartDelayed _,
          NodeEvent.Stalled _ ->
          Optional.empty();
    };
  }

  private static Optional<Trouble> ofService(NodeEvent event, Service service, boolean lost) {
    return of(event.subject() + "/" + service.label(), Severity.ERROR, lost);
  }

  private static Optional<Trouble> ofNoise(NoiseEvent event) {
    String flapping = event.subject() + "/flapping";
    return switch (event) {
      case NoiseEvent.FlappingBegan _ -> of(flapping, Severity.WARNING, true);
      case NoiseEvent.FlappingEnded _ -> of(flapping, Severity.WARNING, false);
      case NoiseEvent.TroubleLasts e ->
          of(e.trouble(), Severity.valueOf(e.severity().toUpperCase(Locale.ROOT)), true);
    };
  }

  private static Optional<Trouble> ofDelivery(DeliveryEvent event) {
    return switch (event) {
      case DeliveryEvent.Failing e -> of(e.subject(), Severity.WARNING, true);
      case DeliveryEvent.Recovered e -> of(e.subject(), Severity.WARNING, false);
      case DeliveryEvent.Stopped e -> of(e.subject(), Severity.WARNING, true);
      case DeliveryEvent.DeadLettered _, DeliveryEvent.ScriptEnded _ -> Optional.empty();
      case DeliveryEvent.Tested e -> of(e.subject() + "/test", Severity.INFO, e.lasts());
    };
  }
}
