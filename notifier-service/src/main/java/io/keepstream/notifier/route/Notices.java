package io.keepstream.notifier.route;

import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.BfdEvent;
import io.keepstream.contract.event.ClusterEvent;
import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.GroupChanged;
import io.keepstream.contract.event.JournalEvent;
import io.keepstream.contract.event.LinkEvent;
import io.keepstream.contract.event.LvsEvent;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.contract.event.NoiseEvent;
import io.keepstream.contract.event.OperatorEvent;
import io.keepstream.contract.event.RoutingEvent;
import io.keepstream.contract.event.TrackerChanged;
import io.keepstream.contract.event.VipEvent;
import io.keepstream.contract.event.VirtualServerEvent;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.notifier.config.Fifo.Lines;
import io.keepstream.notifier.config.NoticeWord;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.notifier.config.UpDown;
import io.keepstream.notifier.config.VrrpNotify;
import io.keepstream.runtime.script.ScriptCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says events as keepalived 2.2.7 says them. Later versions end each LVS line with a NUL byte after
 * the newline; readers that want to serve both strip it.
 */
public final class Notices {
  private Notices() {}

  /** What keepalived says of {@code event}; empty where it says nothing. */
  public static Optional<Notice> of(Scripts scripts, Event event) {
    return switch (event) {
      case VrrpEvent e -> {
        String name = e.router().instance();
        VrrpNotify asked = scripts.instances().getOrDefault(name, VrrpNotify.NONE);
        yield ofInstance(new Speaker("INSTANCE", name, asked), e);
      }
      case GroupChanged e -> {
        VrrpNotify asked = scripts.groups().getOrDefault(e.group(), VrrpNotify.NONE);
        yield ofState(new Speaker("GROUP", e.group(), asked), e.to(), 0);
      }
      case BackendEvent e -> ofBackend(scripts, e);
      case VirtualServerEvent e -> ofVirtualServer(scripts, e);
      case VipEvent _,
          LinkEvent _,
          RoutingEvent _,
          TrackerChanged _,
          LvsEvent _,
          BfdEvent _,
          NodeEvent _,
          ClusterEvent _,
          NoiseEvent _,
          JournalEvent _,
          DeliveryEvent _ ->
          Optional.empty();
    };
  }

  /** The instance or group a VRRP notice is about. */
  private record Speaker(String kind, String name, VrrpNotify asked) {

    Notice says(NoticeWord word, int priority, List<ScriptCommand> scripts) {
      String line = "%s \"%s\" %s %d\n".formatted(kind, name, word, priority);
      return new Notice(Lines.VRRP, line, scripts);
    }

    List<ScriptCommand> script(NoticeWord word) {
      return Optional.ofNullable(asked.scripts().get(word)).stream().toList();
    }
  }

  private static Optional<Notice> ofInstance(Speaker instance, VrrpEvent event) {
    return switch (event) {
      case VrrpEvent.InstanceChanged e -> ofState(instance, e.to(), e.priority().effective());
      case VrrpEvent.PriorityChanged e -> {
        NoticeWord word =
            e.state() == VrrpState.MASTER ? NoticeWord.MASTER_PRIORITY : NoticeWord.BACKUP_PRIORITY;
        yield instance.asked().priorityChanges()
            ? Optional.of(instance.says(word, e.priority().effective(), List.of()))
            : Optional.empty();
      }
      case VrrpEvent.LowerPriorityHeard e -> {
        NoticeWord word = NoticeWord.MASTER_RX_LOWER_PRI;
        yield Optional.of(instance.says(word, e.priority(), instance.script(word)));
      }
      case VrrpEvent.Renamed _,
          VrrpEvent.OwnAddressHeard _,
          VrrpEvent.AdvertsRejected _,
          VrrpEvent.AdvertsUnsent _,
          VrrpEvent.AdvertsDiffer _,
          VrrpEvent.ChecksumFormHeard _,
          VrrpEvent.UnknownVridHeard _ ->
          Optional.empty();
      case VrrpEvent.ResultsAwaited _, VrrpEvent.FaultsChanged _ -> Optional.empty();
      case VrrpEvent.OwnerConflict _, VrrpEvent.IntervalDoubted _ -> Optional.empty();
      case VrrpEvent.ConflictLasts _, VrrpEvent.ConflictEnded _ -> Optional.empty();
    };
  }

  /** The line that says a state. */
  static Optional<String> line(String kind, String name, VrrpState state, int priority) {
    return ofState(new Speaker(kind, name, VrrpNotify.NONE), state, priority).map(Notice::line);
  }

  private static Optional<Notice> ofState(Speaker speaker, VrrpState state, int priority) {
    return switch (state) {
      case INIT -> Optional.empty();
      case MASTER -> Optional.of(ofWord(speaker, NoticeWord.MASTER, priority));
      case BACKUP -> Optional.of(ofWord(speaker, NoticeWord.BACKUP, priority));
      case FAULT -> Optional.of(ofWord(speaker, NoticeWord.FAULT, priority));
      case STOP -> Optional.of(ofWord(speaker, NoticeWord.STOP, priority));
      case DELETED -> Optional.of(ofDeletion(speaker, priority));
    };
  }

  /** The script of the state first, then {@code notify}. */
  private static Notice ofWord(Speaker speaker, NoticeWord word, int priority) {
    List<ScriptCommand> scripts = new ArrayList<>(speaker.script(word));
    scripts.addAll(always(speaker, word, priority));
    return speaker.says(word, priority, scripts);
  }

  /** Without {@code notify_deleted}, keepalived says FAULT but does not run notify_fault. */
  private static Notice ofDeletion(Speaker speaker, int priority) {
    return speaker.asked().deleted()
        ? ofWord(speaker, NoticeWord.DELETED, priority)
        : speaker.says(NoticeWord.FAULT, priority, always(speaker, NoticeWord.FAULT, priority));
  }

  private static List<ScriptCommand> always(Speaker speaker, NoticeWord word, int priority) {
    List<String> arguments =
        List.of(speaker.kind(), speaker.name(), word.name(), Integer.toString(priority));
    return speaker.asked().always().map(script -> script.with(arguments)).stream().toList();
  }

  private static Optional<Notice> ofBackend(Scripts scripts, BackendEvent event) {
    BackendRef backend = event.backend();
    UpDown asked = scripts.realServers().getOrDefault(backend, UpDown.NONE);
    String subject = "RS " + backend.realServer() + " " + backend.virtualServer();
    return switch (event) {
      case BackendEvent.Up _, BackendEvent.StartedUp _ ->
          Optional.of(ofServer(subject, "UP", asked.up()));
      case BackendEvent.Down _, BackendEvent.Withdrawn _ ->
          Optional.of(ofServer(subject, "DOWN", asked.down()));
      case BackendEvent.CheckChanged _,
          BackendEvent.ShadowVerdict _,
          BackendEvent.ChecksCopied _,
          BackendEvent.Added _,
          BackendEvent.Removed _,
          BackendEvent.WeightChanged _,
          BackendEvent.WeightAdjusted _,
          OperatorEvent _ ->
          Optional.empty();
    };
  }

  private static Optional<Notice> ofVirtualServer(Scripts scripts, VirtualServerEvent event) {
    UpDown asked = scripts.virtualServers().getOrDefault(event.virtualServer(), UpDown.NONE);
    String subject = "VS " + event.virtualServer();
    return switch (event) {
      case VirtualServerEvent.QuorumGained _ -> Optional.of(ofServer(subject, "UP", asked.up()));
      case VirtualServerEvent.QuorumLost _, VirtualServerEvent.Withdrawn _ ->
          Optional.of(ofServer(subject, "DOWN", asked.down()));
      case VirtualServerEvent.PanicBegan _,
          VirtualServerEvent.PanicEnded _,
          VirtualServerEvent.ChecksSuspended _,
          VirtualServerEvent.ChecksResumed _ ->
          Optional.empty();
    };
  }

  private static Notice ofServer(String subject, String word, Optional<ScriptCommand> script) {
    return new Notice(Lines.LVS, subject + " " + word + "\n", script.stream().toList());
  }
}
