package io.keepstream.notifier.route;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.BfdEvent;
import io.keepstream.contract.event.CheckEvidence;
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
import io.keepstream.notifier.config.MailAlerts;
import java.util.Optional;

/**
 * Says events as keepalived 2.2.7 mails them: its subject, and its line {@code => ... <=} before
 * what the log says.
 */
public final class Mails {
  private final String node;
  private final MailAlerts asked;

  /** For the mails that {@code node} was asked for. */
  public Mails(String node, MailAlerts asked) {
    this.node = node;
    this.asked = asked;
  }

  /** The mail about an event; empty where nobody asked for one. */
  public Optional<MailText> of(Envelope envelope) {
    return alert(envelope.event()).map(alert -> alert.mail(node, envelope));
  }

  /** What is special about the mail. */
  private record Alert(String subject, String line, Optional<VrrpState> state) {

    Alert(String subject, String line) {
      this(subject, line, Optional.empty());
    }

    MailText mail(String node, Envelope envelope) {
      return new MailText(
          envelope.id(),
          envelope.event().subject(),
          state,
          envelope.occurredAt(),
          "[%s] %s".formatted(node, subject),
          "=> %s <=\n\n%s\n".formatted(line, envelope.event().summary()));
    }
  }

  private Optional<Alert> alert(Event event) {
    return switch (event) {
      case VrrpEvent.InstanceChanged e -> {
        boolean wanted = asked.instances().contains(e.router().instance());
        String whose = "Instance " + e.router().instance();
        yield wanted ? ofState(whose, e.to(), instanceLine(e.to())) : Optional.empty();
      }
      case GroupChanged e -> {
        boolean wanted = asked.groups().contains(e.group());
        yield wanted ? ofState("Group " + e.group(), e.to(), groupLine(e.to())) : Optional.empty();
      }
      case BackendEvent e ->
          asked.realServers().contains(e.backend()) ? ofBackend(e) : Optional.empty();
      case VirtualServerEvent e ->
          Optional.ofNullable(asked.virtualServers().get(e.virtualServer()))
              .flatMap(hysteresis -> ofVirtualServer(e, hysteresis));
      case VrrpEvent _,
          VipEvent _,
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

  private Optional<Alert> ofState(String whose, VrrpState state, String line) {
    boolean told = state != VrrpState.INIT && (state != VrrpState.FAULT || asked.faults());
    String subject = "VRRP %s - %s".formatted(whose, stateWords(state));
    return told ? Optional.of(new Alert(subject, line, Optional.of(state))) : Optional.empty();
  }

  private static String stateWords(VrrpState state) {
    return switch (state) {
      case STOP -> "Stopping";
      case DELETED -> "Deleted";
      case INIT, BACKUP, MASTER, FAULT -> "Entering " + state + " state";
    };
  }

  private static String instanceLine(VrrpState state) {
    return state == VrrpState.MASTER
        ? "VRRP Instance is now owning VRRP VIPs"
        : "VRRP Instance is no longer owning VRRP VIPs";
  }

  private static String groupLine(VrrpState state) {
    return "All VRRP group instances are now in " + state + " state";
  }

  private Optional<Alert> ofBackend(BackendEvent event) {
    return switch (event) {
      case BackendEvent.Up e -> Optional.of(ofCheck(e, true, checkLine(e.evidence(), true)));
      case BackendEvent.Down e -> Optional.of(ofCheck(e, false, checkLine(e.evidence(), false)));
      case BackendEvent.CheckChanged e ->
          Optional.of(ofCheck(e, e.up(), checkLine(e.evidence(), e.good())))
              .filter(alert -> asked.singleChecks());
      case BackendEvent.ShadowVerdict _,
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

  private static Alert ofCheck(BackendEvent event, boolean up, String line) {
    BackendRef backend = event.backend();
    String subject =
        "Realserver %s of virtual server %s - %s"
            .formatted(backend.realServer(), backend.virtualServer(), up ? "UP" : "DOWN");
    return new Alert(subject, line);
  }

  /** The words of keepalived's checkers differ. */
  private static String checkLine(CheckEvidence evidence, boolean good) {
    String keyword = evidence.check().split(" ", 2)[0];
    return switch (keyword) {
      case "HTTP_GET", "SSL_GET" ->
          good ? "CHECK succeed on service" : "CHECK failed on service : HTTP request failed";
      case "SMTP_CHECK" ->
          good ? "CHECK succeed on service" : "CHECK failed on service : " + reason(evidence);
      case "DNS_CHECK" -> "DNS_CHECK: " + (good ? "succeed" : "failed") + " on service";
      case "MISC_CHECK" -> "MISC CHECK " + (good ? "succeeded" : "failed") + " on service";
      case "PING_CHECK" -> "ICMP CHECK " + (good ? "succeed" : "failed") + " on service";
      default ->
          keyword.replace("_CHECK", " CHECK") + (good ? " succeed" : " failed") + " on service";
    };
  }

  private static String reason(CheckEvidence evidence) {
    return evidence.detail() == null ? evidence.reason() : evidence.detail();
  }

  /** keepalived's arithmetic, which it prints in the same way for a quorum that is lost. */
  private static Optional<Alert> ofVirtualServer(VirtualServerEvent event, long hysteresis) {
    String subject = "Virtualserver " + event.virtualServer();
    return switch (event) {
      case VirtualServerEvent.QuorumGained e ->
          Optional.of(
              new Alert(subject + " - UP", "Gained " + quorum(e.quorum(), hysteresis, e.weight())));
      case VirtualServerEvent.QuorumLost e ->
          Optional.of(
              new Alert(subject + " - DOWN", "Lost " + quorum(e.quorum(), hysteresis, e.weight())));
      case VirtualServerEvent.Withdrawn _,
          VirtualServerEvent.PanicBegan _,
          VirtualServerEvent.PanicEnded _,
          VirtualServerEvent.ChecksSuspended _,
          VirtualServerEvent.ChecksResumed _ ->
          Optional.empty();
    };
  }

  private static String quorum(long quorum, long hysteresis, long weight) {
    return "quorum %d+%d=%d <= %d".formatted(quorum, hysteresis, quorum + hysteresis, weight);
  }
}
