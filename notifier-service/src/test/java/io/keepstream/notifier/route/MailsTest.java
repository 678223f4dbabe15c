package io.keepstream.notifier.route;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.DELETED;
import static io.keepstream.contract.event.VrrpState.FAULT;
import static io.keepstream.contract.event.VrrpState.INIT;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static io.keepstream.contract.event.VrrpState.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.CheckEvidence;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.GroupChanged;
import io.keepstream.contract.event.VipEvent;
import io.keepstream.contract.event.VirtualServerEvent;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.MailAlerts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One row per rule; expected subjects and lines were mailed by keepalived 2.2.7. */
class MailsTest {
  private static final BackendRef RS = Events.BACKEND;
  private static final String VS = RS.virtualServer();
  private static final String OF_RS =
      "[R1] Realserver [192.168.10.114]:tcp:80 of virtual server [172.32.10.18]:tcp:80 - ";
  private static final MailAlerts ALL =
      new MailAlerts(Set.of("VI_1"), Set.of("G1"), Map.of(VS, 2L), Set.of(RS), true, true);

  record Row(Event event, String subject, String line) {
    @Override
    public String toString() {
      return subject + " " + line;
    }
  }

  static Stream<Row> mails() {
    String owning = "VRRP Instance is now owning VRRP VIPs";
    String notOwning = "VRRP Instance is no longer owning VRRP VIPs";
    return Stream.of(
        new Row(to(MASTER), "[R1] VRRP Instance VI_1 - Entering MASTER state", owning),
        new Row(to(BACKUP), "[R1] VRRP Instance VI_1 - Entering BACKUP state", notOwning),
        new Row(to(FAULT), "[R1] VRRP Instance VI_1 - Entering FAULT state", notOwning),
        new Row(to(STOP), "[R1] VRRP Instance VI_1 - Stopping", notOwning),
        new Row(to(DELETED), "[R1] VRRP Instance VI_1 - Deleted", notOwning),
        new Row(
            group(MASTER),
            "[R1] VRRP Group G1 - Entering MASTER state",
            "All VRRP group instances are now in MASTER state"),
        new Row(
            new VirtualServerEvent.QuorumGained(VS, 1, 3),
            "[R1] Virtualserver [172.32.10.18]:tcp:80 - UP",
            "Gained quorum 1+2=3 <= 3"),
        new Row(
            new VirtualServerEvent.QuorumLost(VS, 1, 0),
            "[R1] Virtualserver [172.32.10.18]:tcp:80 - DOWN",
            "Lost quorum 1+2=3 <= 0"),
        check("TCP_CHECK", true, "TCP CHECK succeed on service"),
        check("TCP_CHECK", false, "TCP CHECK failed on service"),
        check("HTTP_GET", true, "CHECK succeed on service"),
        check("HTTP_GET", false, "CHECK failed on service : HTTP request failed"),
        check("SSL_GET", false, "CHECK failed on service : HTTP request failed"),
        check("MISC_CHECK", true, "MISC CHECK succeeded on service"),
        check("MISC_CHECK", false, "MISC CHECK failed on service"),
        check("SMTP_CHECK", false, "CHECK failed on service : reset"),
        check("DNS_CHECK", false, "DNS_CHECK: failed on service"),
        check("UDP_CHECK", false, "UDP CHECK failed on service"),
        check("PING_CHECK", false, "ICMP CHECK failed on service"),
        check("PING_CHECK", true, "ICMP CHECK succeed on service"),
        new Row(
            new BackendEvent.CheckChanged(RS, false, true, evidence("TCP_CHECK")),
            OF_RS + "DOWN",
            "TCP CHECK succeed on service"));
  }

  @ParameterizedTest
  @MethodSource("mails")
  void anEventIsMailedInKeepalivedsWords(Row row) {
    MailText mail = new Mails("R1", ALL).of(Events.envelope(7, row.event())).orElseThrow();
    assertThat(mail.subject()).isEqualTo(row.subject());
    assertThat(mail.body()).isEqualTo("=> %s <=\n\n%s\n", row.line(), row.event().summary());
    assertThat(mail.eventId()).isEqualTo("lb1/election/b00t/7");
  }

  static Stream<Event> whatNobodyIsMailed() {
    return Stream.of(
        to(INIT),
        Events.instance("OTHER", BACKUP, MASTER),
        new GroupChanged("OTHER", BACKUP, MASTER, 1, List.of()),
        Events.up(Events.backend(7)),
        new VirtualServerEvent.QuorumLost("FWM 7", 1, 0),
        new VirtualServerEvent.PanicEnded(VS, 1, 2, 3),
        new BackendEvent.Removed(RS),
        new VipEvent.Claimed("VI_1", "10.0.0.1/32", "eth0"));
  }

  @ParameterizedTest
  @MethodSource
  void whatNobodyIsMailed(Event event) {
    assertThat(new Mails("R1", ALL).of(Events.envelope(1, event))).isEmpty();
  }

  @Test
  void noEmailFaultsLeavesOutFaultsOnly() {
    Mails mails =
        new Mails(
            "R1", new MailAlerts(ALL.instances(), ALL.groups(), Map.of(), Set.of(), false, true));
    assertThat(mails.of(Events.envelope(1, to(FAULT)))).isEmpty();
    assertThat(mails.of(Events.envelope(1, group(FAULT)))).isEmpty();
    assertThat(mails.of(Events.envelope(1, to(BACKUP)))).isPresent();
  }

  @Test
  void noCheckerEmailsLeavesOutWhatMovesNoServer() {
    Mails mails =
        new Mails("R1", new MailAlerts(Set.of(), Set.of(), Map.of(), Set.of(RS), true, false));
    Event single = new BackendEvent.CheckChanged(RS, false, true, evidence("TCP_CHECK"));
    assertThat(mails.of(Events.envelope(1, single))).isEmpty();
    assertThat(mails.of(Events.envelope(1, Events.down()))).isPresent();
  }

  private static Event to(VrrpState state) {
    return Events.instance("VI_1", BACKUP, state);
  }

  private static Event group(VrrpState state) {
    return new GroupChanged("G1", BACKUP, state, 5, List.of("VI_1"));
  }

  private static Row check(String keyword, boolean good, String line) {
    return good
        ? new Row(new BackendEvent.Up(RS, 5, evidence(keyword)), OF_RS + "UP", line)
        : new Row(new BackendEvent.Down(RS, 5, evidence(keyword)), OF_RS + "DOWN", line);
  }

  private static CheckEvidence evidence(String keyword) {
    return new CheckEvidence(keyword + " [192.168.10.114]:80", "RESET", "reset", 1200, 1);
  }
}
