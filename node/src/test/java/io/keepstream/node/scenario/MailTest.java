package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The same configuration and the same trouble: the same mails to the same people. */
@KernelTest(tools = {"keepalived", "aiosmtpd"})
class MailTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Pattern SUBJECT = Pattern.compile("Subject: \\[LB] (.*) - (.*)");
  private static final String CONFIG =
      """
      global_defs {
          router_id LB
          smtp_server 127.0.0.1 2525
          smtp_alert_vrrp
          notification_email_from lb@example.org
          notification_email {
              ops@example.org
              boss@example.org
          }
      }
      vrrp_sync_group G {
          group {
              VI_1
              VI_2
          }
      }
      %s%s%s
      """
          .formatted(
              instance(1, "smtp_alert false"), instance(2, ""), instance(3, "smtp_alert on"));

  @Test
  void mailsAreKeepaliveds() {
    try (NamespaceLab lab = NamespaceLab.create()) {
      Map<String, List<String>> ours = mails(lab, Speaker.KEEPSTREAM);
      assertThat(ours).isEqualTo(mails(lab, Speaker.KEEPALIVED));
      assertThat(ours.keySet())
          .containsExactlyInAnyOrder("VRRP Group G", "VRRP Instance VI_2", "VRRP Instance VI_3");
    }
  }

  /** What is mailed about each, in order, when the interface goes and returns. */
  private static Map<String, List<String>> mails(NamespaceLab lab, Speaker speaker) {
    String name = speaker.name().toLowerCase(Locale.ROOT);
    LabHost host = lab.host(name).nic("eth0", lab.bridge(name), "10.0.0.1/24");
    LabProcess server =
        host.start("env", "PYTHONUNBUFFERED=1", "aiosmtpd", "-n", "-l", "127.0.0.1:2525");
    awaitListening(host);
    speaker.start(host, CONFIG);
    awaitMails(server, 2);
    host.unplug("eth0");
    awaitMails(server, 3);
    host.plug("eth0");
    return awaitMails(server, 5);
  }

  private static void awaitListening(LabHost host) {
    Await.until(
        LIMIT, "a mail server", () -> host.run("ss", "-ltn").text().contains("127.0.0.1:2525"));
  }

  /** Waits for so many mails about each of three. */
  private static Map<String, List<String>> awaitMails(LabProcess server, int count) {
    return Await.value(
        LIMIT,
        () -> count + " mails about each in " + server.text(),
        () ->
            Optional.of(mails(server.lines()))
                .filter(mails -> mails.size() == 3)
                .filter(mails -> mails.values().stream().allMatch(list -> list.size() >= count)));
  }

  private static Map<String, List<String>> mails(List<String> lines) {
    Map<String, List<String>> mails = new TreeMap<>();
    String subject = "";
    String recipients = "";
    for (String line : lines) {
      if (line.startsWith("Subject: ")) {
        subject = line;
      } else if (line.startsWith("To: ")) {
        recipients = line;
      } else if (line.contains("END MESSAGE")) {
        Matcher parts = SUBJECT.matcher(subject);
        assertThat(parts.matches()).as(subject).isTrue();
        mails
            .computeIfAbsent(parts.group(1), about -> new ArrayList<>())
            .add(parts.group(2) + " " + recipients);
      }
    }
    return mails;
  }

  private static String instance(int number, String words) {
    return """
        vrrp_instance VI_%1$d {
            interface eth0
            virtual_router_id %1$d
            priority 150
            version 3
            advert_int 0.3
            %2$s
            virtual_ipaddress {
                10.0.0.10%1$d/24
            }
        }
        """
        .formatted(number, words);
  }
}
