package io.keepstream.notifier.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.SystemSource;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.notifier.config.Mail.Login;
import io.keepstream.notifier.config.Mail.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailReaderTest {
  private static final String RELAY =
      "smtp_server mail.example.org\nnotification_email {\n a@b.c\n}\n";
  private static final BackendRef FIRST = new BackendRef("[10.0.0.1]:tcp:80", "[10.0.0.11]:tcp:80");
  private static final BackendRef SECOND =
      new BackendRef("[10.0.0.1]:tcp:80", "[10.0.0.12]:tcp:80");

  @TempDir Path directory;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  @Test
  void withoutARelayOrWithoutRecipientsThereIsNoMail() throws IOException {
    assertThat(read("smtp_server 10.0.0.9\n", "")).isEmpty();
    assertThat(read("notification_email {\n a@b.c\n}\n", "")).isEmpty();
    assertThat(diagnostics).isEmpty();
  }

  @Test
  void defaultsAreKeepaliveds() throws IOException {
    Mail mail = read(RELAY, "").orElseThrow();
    assertThat(mail.relay())
        .isEqualTo(
            new Mail.Relay(
                "mail.example.org",
                25,
                Optional.empty(),
                30_000,
                Optional.empty(),
                Optional.empty()));
    assertThat(mail.from()).isEmpty();
    assertThat(mail.recipients()).containsExactly("a@b.c");
  }

  @Test
  void everyWordOfTheRelayIsRead() throws IOException {
    Mail mail =
        read(
                """
                smtp_server 10.0.0.9 587
                smtp_helo_name lb1.example.org
                smtp_connect_timeout 0
                notification_email_from "Load Balancer <lb@b.c>"
                smtp_tls
                smtp_ca_file /etc/ca.pem
                smtp_user lb
                smtp_password_file /etc/secret
                smtp_leave_out flapping
                smtp_group_wait 2s
                notification_email {
                  a@b.c "B. Person <b@b.c>"
                  root
                }
                """,
                "")
            .orElseThrow();
    assertThat(mail)
        .isEqualTo(
            new Mail(
                new Mail.Relay(
                    "10.0.0.9",
                    587,
                    Optional.of("lb1.example.org"),
                    1_000,
                    Optional.of(new Tls(Optional.of(Path.of("/etc/ca.pem")))),
                    Optional.of(new Login("lb", Path.of("/etc/secret")))),
                Optional.of("Load Balancer <lb@b.c>"),
                List.of("a@b.c", "B. Person <b@b.c>", "root@localhost"),
                mail.alerts(),
                Set.of(LeftOut.FLAPPING),
                Duration.ofSeconds(2)));
    assertThat(diagnostics).isEmpty();
  }

  @Test
  void whatCannotWorkIsSaidWhereItStands() throws IOException {
    String globals =
        "smtp_server 10.0.0.9\nnotification_email {\n a@b.c\n not-an-address@\n}\nsmtp_user lb\n";
    assertThat(read(globals, "").orElseThrow().recipients()).containsExactly("a@b.c");
    assertThat(diagnostics)
        .extracting(Diagnostic::toString)
        .satisfiesExactly(
            address ->
                assertThat(address)
                    .endsWith(
                        ":5:2: warning: `not-an-address@` is no mail address, so it is left out"),
            login ->
                assertThat(login)
                    .endsWith(
                        ":7:1: warning: smtp_user: without smtp_password_file nobody logs in"));
    diagnostics.clear();
    read(RELAY + "smtp_user lb\nsmtp_password_file /etc/secret\n", "");
    assertThat(diagnostics)
        .singleElement()
        .asString()
        .endsWith("smtp_user: without smtp_tls the password is sent in the clear");
  }

  /** What nobody decides nearer by is decided further away; of real servers mail is on. */
  @ParameterizedTest(name = "{0}, near {1}: VRRP {2}, quorum {3}, real server {4}")
  @CsvSource({
    "'',                                           '',                 false, false, true",
    "smtp_alert,                                   '',                 true,  true,  true",
    "smtp_alert false,                             '',                 false, false, false",
    "smtp_alert_vrrp,                              '',                 true,  false, true",
    "smtp_alert_checker,                           '',                 false, true,  true",
    "smtp_alert_checker off,                       '',                 false, false, false",
    "'smtp_alert\nsmtp_alert_vrrp no',             '',                 false, true,  true",
    "'smtp_alert\nsmtp_alert_checker no',          '',                 true,  false, false",
    "'',                                           smtp_alert,         true,  true,  true",
    "smtp_alert,                                   smtp_alert false,   false, false, false",
  })
  void theNearestWordDecides(
      String globals, String near, boolean vrrp, boolean quorum, boolean realServer)
      throws IOException {
    MailAlerts alerts = read(RELAY + globals + "\n", blocks(near)).orElseThrow().alerts();
    assertThat(alerts.instances().contains("VI_1")).isEqualTo(vrrp);
    assertThat(alerts.groups().contains("G1")).isEqualTo(vrrp);
    assertThat(alerts.virtualServers().containsKey(FIRST.virtualServer())).isEqualTo(quorum);
    assertThat(alerts.realServers().contains(FIRST)).isEqualTo(realServer);
  }

  @Test
  void aVirtualServersWordIsNotItsRealServers() throws IOException {
    String servers =
        """
        virtual_server 10.0.0.1 80 {
          protocol TCP
          smtp_alert false
          hysteresis 3
          real_server 10.0.0.11 80 {
          }
          real_server 10.0.0.12 80 {
            smtp_alert no
          }
        }
        """;
    MailAlerts alerts = read(RELAY + "smtp_alert\n", servers).orElseThrow().alerts();
    assertThat(alerts.virtualServers()).isEmpty();
    assertThat(alerts.realServers()).containsExactly(FIRST).doesNotContain(SECOND);
    String quorum = servers.replace("smtp_alert false", "");
    assertThat(read(RELAY + "smtp_alert\n", quorum).orElseThrow().alerts().virtualServers())
        .isEqualTo(Map.of(FIRST.virtualServer(), 3L));
  }

  @Test
  void faultsAndSingleChecksAreMailedUnlessSomebodySaysNo() throws IOException {
    MailAlerts usual = read(RELAY, "").orElseThrow().alerts();
    assertThat(usual.faults() && usual.singleChecks()).isTrue();
    MailAlerts fewer =
        read(RELAY + "no_email_faults\nno_checker_emails\n", "").orElseThrow().alerts();
    assertThat(fewer.faults() || fewer.singleChecks()).isFalse();
  }

  private static String blocks(String near) {
    return """
    vrrp_sync_group G1 {
      group {
        VI_1
      }
      %1$s
    }
    vrrp_instance VI_1 {
      %1$s
    }
    virtual_server 10.0.0.1 80 {
      protocol TCP
      %1$s
      real_server 10.0.0.11 80 {
        %1$s
      }
    }
    """
        .formatted(near);
  }

  private Optional<Mail> read(String globals, String blocks) throws IOException {
    Path file = directory.resolve("keepalived.conf");
    Files.writeString(file, "global_defs {\n" + globals + "}\n" + blocks);
    Section root = ConfigReader.read(file.toString(), SystemSource.ofThisMachine()).root();
    return new MailReader(root, diagnostics).read();
  }
}
