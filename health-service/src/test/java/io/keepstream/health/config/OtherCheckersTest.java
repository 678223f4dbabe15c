package io.keepstream.health.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.TrackerRef;
import io.keepstream.health.protocol.DnsQuestion;
import io.keepstream.health.protocol.DnsType;
import io.keepstream.health.protocol.HexPattern;
import io.keepstream.health.protocol.UdpReply;
import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.Counting;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.health.verdict.Schedule;
import io.keepstream.runtime.script.ScriptCommand;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checkers except TCP_CHECK and those over HTTP. */
class OtherCheckersTest {
  private static final long SECOND = 1_000_000_000L;
  private static final InetAddress SERVER = InetAddress.ofLiteral("10.0.0.2");

  private static Connection to(int port) {
    return new Connection(SERVER, port, null, 0, null, 0);
  }

  @Test
  void smtp() {
    CheckConfig check = checks("SMTP_CHECK {\n}").getFirst();
    assertThat(check.target())
        .isEqualTo(new Target.Smtp(to(80), "smtpchecker.keepalived.org", 5 * SECOND));
    assertThat(check.rules())
        .as("connecting and three replies, and some time to spare")
        .isEqualTo(
            new CheckRules(
                new Schedule(SECOND, 60 * SECOND, 60 * SECOND, SECOND),
                new Counting(1, 2, false),
                21 * SECOND,
                FailureReason.RESPONSE_TIMEOUT));
    assertThat(check.target().label()).isEqualTo("SMTP_CHECK [10.0.0.2]:80");
  }

  @Test
  void everyHostIsOneMoreSmtpCheck() {
    List<CheckConfig> checks =
        checks(
            """
            SMTP_CHECK {
              helo_name lb.example.org
              connect_timeout 2
              retry 4
              connect_ip 10.0.0.3
              host {
                connect_ip 10.0.0.4
                connect_port 2525
                retry 0
              }
              host {
              }
            }
            """);
    assertThat(checks)
        .extracting(CheckConfig::target)
        .extracting(Target::label)
        .containsExactly(
            "SMTP_CHECK [10.0.0.3]:80", "SMTP_CHECK [10.0.0.4]:2525", "SMTP_CHECK [10.0.0.2]:80");
    assertThat(checks)
        .extracting(check -> check.rules().counting().fall())
        .containsExactly(5, 1, 5);
    assertThat(checks)
        .extracting(check -> ((Target.Smtp) check.target()).heloName())
        .containsOnly("lb.example.org");
    assertThat(checks)
        .extracting(check -> ((Target.Smtp) check.target()).stepNanos())
        .containsOnly(2 * SECOND);
  }

  @Test
  void dns() {
    CheckConfig check = checks("DNS_CHECK {\n}").getFirst();
    assertThat(check.target()).isEqualTo(new Target.Dns(to(80), DnsQuestion.ROOT, 5 * SECOND));
    assertThat(check.rules().schedule())
        .as("retries as often as it checks")
        .isEqualTo(new Schedule(SECOND, 60 * SECOND, 60 * SECOND, 60 * SECOND));
    assertThat(check.rules().counting().fall()).isEqualTo(4);
    CheckConfig other = checks("DNS_CHECK {\n type aaaa\n name www.example.org\n}").getFirst();
    assertThat(((Target.Dns) other.target()).question())
        .isEqualTo(new DnsQuestion(DnsType.AAAA, "www.example.org"));
  }

  @Test
  void aNameThatIsNoneIsAnError() {
    Configured configured = server("DNS_CHECK {\nname a..b\n}");
    assertThat(configured.config().backends().values().iterator().next()).isEmpty();
    assertThat(configured.said()).isEqualTo("5:6: error: name: `a..b` has an empty label");
  }

  @Test
  void udp() {
    assertThat(checks("UDP_CHECK {\n}").getFirst().target())
        .isEqualTo(new Target.Udp(to(80), null, null, 5 * SECOND));
    assertThat(
            checks(
                    """
                    UDP_CHECK {
                      payload 01 02 a
                      require_reply 0X ff
                      min_reply_length 2
                      max_reply_length 8
                    }
                    """)
                .getFirst()
                .target())
        .isEqualTo(
            new Target.Udp(
                to(80), hex("01", "02", "a"), new UdpReply(hex("0X", "ff"), 2, 8), 5 * SECOND));
    assertThat(checks("UDP_CHECK {\n require_reply\n}").getFirst().target())
        .isEqualTo(new Target.Udp(to(80), null, new UdpReply(null, 0, 255), 5 * SECOND));
  }

  private static HexPattern hex(String... words) {
    return HexPattern.of(List.of(words)).orElseThrow();
  }

  @Test
  void lengthsThatDoNotMatter() {
    assertThat(server("UDP_CHECK {\n min_reply_length 3\n}").said())
        .isEqualTo("5:2: warning: min_reply_length: has no effect without require_reply");
    assertThat(server("UDP_CHECK {\n require_reply\n min_reply_length 300\n}").said())
        .isEqualTo(
            "5:2: warning: require_reply: no reply is at least 300 and at most 255 bytes long");
  }

  @Test
  void ping() {
    Configured configured =
        server("PING_CHECK {\n bindto 10.0.0.9\n bind_if eth0\n fwmark 7\n connect_port 3\n}");
    CheckConfig check = only(configured).getFirst();
    InetAddress local = InetAddress.ofLiteral("10.0.0.9");
    assertThat(check.target())
        .isEqualTo(new Target.Ping(new Connection(SERVER, 0, local, 0, "eth0", 7), 5 * SECOND));
    assertThat(check.target().label()).isEqualTo("PING_CHECK 10.0.0.2");
    assertThat(configured.said()).isEmpty();
  }

  @Test
  void misc() {
    CheckConfig check = checks("MISC_CHECK {\n misc_path \"/bin/check a b\"\n}").getFirst();
    assertThat(check.target())
        .isEqualTo(
            new Target.Misc(
                new ScriptCommand(List.of("/bin/check", "a", "b"), null, null, false), null));
    assertThat(check.rules())
        .isEqualTo(
            new CheckRules(
                new Schedule(SECOND, 60 * SECOND, 60 * SECOND, SECOND),
                new Counting(1, 1, false),
                60 * SECOND,
                FailureReason.SCRIPT_TIMEOUT));
  }

  @ParameterizedTest
  @CsvSource({"'', 7, 60", "misc_timeout 3, 7, 3", "misc_timeout 0, 7, 60", "delay_loop 9, 9, 60"})
  void theTimeLimitOfAScriptIsThePeriodOfTheVirtualServer(
      String words, int periodSeconds, int timeoutSeconds) {
    CheckRules rules =
        checks("delay_loop 7\nMISC_CHECK {\n misc_path /bin/check\n" + words + "\n}")
            .getFirst()
            .rules();
    assertThat(rules.schedule().periodNanos()).isEqualTo(periodSeconds * SECOND);
    assertThat(rules.timeoutNanos()).isEqualTo(timeoutSeconds * SECOND);
  }

  @Test
  void aDynamicScriptKnowsTheConfiguredWeight() {
    String check = "MISC_CHECK {\n misc_path /bin/check\n misc_dynamic\n user nobody daemon\n}";
    Target.Misc misc = (Target.Misc) checks("weight 5\n" + check).getFirst().target();
    assertThat(misc.configuredWeight()).isEqualTo(5);
    assertThat(misc.command().user()).isEqualTo("nobody");
    assertThat(misc.command().group()).isEqualTo("daemon");
    assertThat(((Target.Misc) checks(check).getFirst().target()).configuredWeight()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "misc_path /opt/check, '`/opt/check` cannot be run here'",
    "misc_path /bin/check~user ghost, 'there is no user `ghost` here'",
    "misc_path /bin/open~user root, 'others than root may write to `/bin/open`'"
  })
  void aScriptThatCannotOrMustNotBeRunIsLeftOut(String words, String reason) {
    Configured configured =
        Configured.of(
            """
            global_defs {
              enable_script_security
            }
            virtual_server 10.0.0.1 80 {
              real_server 10.0.0.2 80 {
                MISC_CHECK {
                  %s
                }
              }
            }
            """
                .formatted(words.replace("~", "\n")));
    assertThat(only(configured)).isEmpty();
    assertThat(configured.said())
        .isEqualTo("6:5: warning: MISC_CHECK: %s, so the check is left out", reason);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', 1",
    "weight 3, '', 3",
    "weight 3 reverse, '', -3",
    "weight 3, weight 5, 5",
    "weight 3, weight 5 reverse, -5",
    "weight 3 reverse, weight -5 noreverse, -5",
    "weight 3, weight 0, 0"
  })
  void aTrackedFileHasAWeight(String fileWords, String checkWords, int weight) {
    Configured configured =
        Configured.of(
            """
            track_file load {
              file /run/load
              %s
            }
            virtual_server 10.0.0.1 80 {
              real_server 10.0.0.2 80 {
                alpha
                FILE_CHECK {
                  track_file load
                  %s
                }
              }
            }
            """
                .formatted(fileWords, checkWords));
    CheckConfig check = only(configured).getFirst();
    assertThat(check.target()).isEqualTo(new Target.TrackFile("load", "/run/load", weight));
    assertThat(check.rules().schedule().firstNanos(5, 0.9)).isEqualTo(5);
    assertThat(check.rules().counting()).isEqualTo(new Counting(1, 1, true));
    assertThat(configured.config().attempts()).as("opens no file").isZero();
  }

  @Test
  void withoutTrackersTheFilesOfChecksStay() {
    HealthConfig config =
        Configured.of(
                """
                track_file load {
                  file /run/load
                }
                track_file other {
                  file /run/other
                }
                vrrp_instance V {
                  track_file {
                    other
                  }
                }
                virtual_server 10.0.0.1 80 {
                  real_server 10.0.0.2 80 {
                    FILE_CHECK {
                      track_file load
                    }
                  }
                }
                """)
            .config();
    assertThat(config.files()).hasSize(2);
    assertThat(config.withoutTrackers().files())
        .containsOnlyKeys(new TrackerRef(TrackerRef.Kind.FILE, "load"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "checker, ''",
    "vrrp~checker, ''",
    "vrrp, '10:7: warning: name: bfd_instance \"B\" is for VRRP only, so the check is left out'"
  })
  void aBfdSessionMustBeMeantForCheckers(String words, String said) {
    Configured configured =
        Configured.of(
            """
            bfd_instance B {
              neighbor_ip 10.0.0.2
              %s
            }
            %s
            virtual_server 10.0.0.1 80 {
              real_server 10.0.0.2 80 {
                BFD_CHECK {
                  alpha
                  name B
                }
              }
            }
            """
                .formatted(words.replace("~", "\n"), words.contains("~") ? "" : "#"));
    assertThat(configured.said()).isEqualTo(said);
    if (said.isEmpty()) {
      assertThat(only(configured).getFirst().target()).isEqualTo(new Target.Bfd("B"));
      assertThat(only(configured).getFirst().rules().counting().startsFailed()).isTrue();
    } else {
      assertThat(only(configured)).isEmpty();
    }
  }

  @Test
  void checksKeepTheOrderOfTheConfiguration() {
    assertThat(checks("PING_CHECK {\n}\nTCP_CHECK {\n}\nDNS_CHECK {\n}\nUDP_CHECK {\n}"))
        .extracting(check -> check.target().label().split(" ", -1)[0])
        .containsExactly("PING_CHECK", "TCP_CHECK", "DNS_CHECK", "UDP_CHECK");
  }

  private static List<CheckConfig> checks(String words) {
    Configured configured = server(words);
    assertThat(configured.said()).isEmpty();
    return only(configured);
  }

  private static List<CheckConfig> only(Configured configured) {
    return List.copyOf(configured.config().backends().values().iterator().next());
  }

  private static Configured server(String words) {
    return Configured.of(
        """
        virtual_server 10.0.0.1 80 {
          protocol TCP
          real_server 10.0.0.2 80 {
        %s
          }
        }
        """
            .formatted(words));
  }
}
