package io.keepstream.health.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.health.verdict.CheckRules;
import io.keepstream.health.verdict.Counting;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.health.verdict.Schedule;
import java.net.InetAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BackendReaderTest {
  private static final long MILLI = 1_000_000L;
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theUsualRealServer() {
    Configured configured =
        Configured.of(
            """
            virtual_server 172.32.10.18 80 {
              delay_loop 6
              protocol TCP
              real_server 192.168.10.114 8080 {
                weight 1
                TCP_CHECK {
                  connect_timeout 3
                  retry 3
                  delay_before_retry 2
                }
              }
            }
            """);
    assertThat(configured.backends())
        .containsExactly(new BackendRef("[172.32.10.18]:tcp:80", "[192.168.10.114]:tcp:8080"));
    assertThat(configured.check())
        .isEqualTo(
            new CheckConfig(
                new Target.Tcp(
                    new Connection(
                        InetAddress.ofLiteral("192.168.10.114"), 8080, null, 0, null, 0)),
                new CheckRules(
                    new Schedule(SECOND, 6 * SECOND, 6 * SECOND, 2 * SECOND),
                    new Counting(1, 4, false),
                    3 * SECOND,
                    FailureReason.CONNECT_TIMEOUT),
                false));
    assertThat(configured.check().target().label()).isEqualTo("TCP_CHECK [192.168.10.114]:8080");
    assertThat(configured.said()).isEmpty();
  }

  @Test
  void nothingSaidMeansTheBuiltInValues() {
    assertThat(server("", "", "").check().rules())
        .isEqualTo(
            new CheckRules(
                new Schedule(SECOND, 60 * SECOND, 60 * SECOND, SECOND),
                new Counting(1, 2, false),
                5 * SECOND,
                FailureReason.CONNECT_TIMEOUT));
  }

  @TestFactory
  Stream<DynamicTest> theInnermostValueCounts() {
    return Stream.of("", "1", "12", "123")
        .map(
            said -> {
              String virtual = said.contains("1") ? words(1, "alpha") : "";
              String real = said.contains("2") ? words(2, "alpha off") : "";
              String check = said.contains("3") ? words(3, "alpha on") : "";
              int expected = said.length();
              return dynamicTest(
                  "said at levels " + said,
                  () -> {
                    CheckRules rules = server(virtual, real, check).check().rules();
                    assertThat(rules.schedule().periodNanos())
                        .isEqualTo(expected == 0 ? 60 * SECOND : expected * 10L * SECOND);
                    assertThat(rules.schedule().warmupNanos())
                        .isEqualTo(expected == 0 ? 60 * SECOND : expected * SECOND);
                    assertThat(rules.schedule().confirming().failureNanos())
                        .isEqualTo(expected == 0 ? SECOND : expected * 100L * MILLI);
                    assertThat(rules.timeoutNanos())
                        .isEqualTo(expected == 0 ? 5 * SECOND : expected * 200L * MILLI);
                    assertThat(rules.counting())
                        .isEqualTo(
                            new Counting(
                                1,
                                expected == 0 ? 2 : expected + 1,
                                expected == 1 || expected == 3));
                  });
            });
  }

  private static String words(int level, String alpha) {
    return """
        delay_loop %d0
        warmup %d
        delay_before_retry 0.%d
        connect_timeout 0.%d
        retry %d
        %s
        """
        .formatted(level, level, level, 2 * level, level, alpha);
  }

  @Test
  void warmupIsTheDelayLoopUnlessSaid() {
    assertThat(server("delay_loop 7", "", "").check().rules().schedule().warmupNanos())
        .isEqualTo(7 * SECOND);
  }

  @Test
  void valuesThatCannotBeReadOrWouldBreakTheScheduleDoNoHarm() {
    CheckRules rules = server("delay_loop x", "", "delay_loop 0").check().rules();
    assertThat(rules.schedule().periodNanos()).isEqualTo(1000);
    assertThat(server("", "", "connect_port 65536").tcp().to().port()).isEqualTo(80);
    assertThat(server("", "", "retry 4294967295").check().rules().counting().fall())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void allWordsOfTcpCheck() {
    Configured configured =
        server(
            "",
            "",
            """
            connect_ip 10.1.1.1
            connect_port 81
            bindto 10.1.1.2
            bind_port 1024
            bind_if eth1
            fwmark 4294967295
            log_all_failures
            """);
    assertThat(configured.tcp())
        .isEqualTo(
            new Target.Tcp(
                new Connection(
                    InetAddress.ofLiteral("10.1.1.1"),
                    81,
                    InetAddress.ofLiteral("10.1.1.2"),
                    1024,
                    "eth1",
                    4294967295L)));
    assertThat(configured.check().logAllFailures()).isTrue();
  }

  @Test
  void logAllFailuresHasAGlobalDefault() {
    String globals = "global_defs {\n checker_log_all_failures\n}\n";
    assertThat(Configured.of(globals + text("", "", "")).check().logAllFailures()).isTrue();
    assertThat(
            Configured.of(globals + text("", "", "log_all_failures off")).check().logAllFailures())
        .isFalse();
  }

  @Test
  void serversAreNamedAsInEvents() {
    Configured configured =
        Configured.of(
            """
            virtual_server 2001:db8:0::1 443 {
              protocol TCP
              real_server 2001:db8:0:0:0::2 { }
            }
            virtual_server fwmark 7 {
              real_server 10.0.0.1 80 { }
            }
            virtual_server group WEB {
              protocol SCTP
              real_server 10.0.0.1 80 { }
            }
            virtual_server group WEB {
              real_server 10.0.0.1 80 { }
            }
            """);
    assertThat(configured.backends())
        .containsExactly(
            new BackendRef("[2001:db8::1]:tcp:443", "[2001:db8::2]:tcp:443"),
            new BackendRef("FWM 7", "[10.0.0.1]:none:80"),
            new BackendRef("[WEB]:0", "[10.0.0.1]:sctp:80"),
            new BackendRef("[WEB]:1", "[10.0.0.1]:udp:80"));
  }

  @Test
  void withoutMasqueradingAServerIsReachedCheckedAndCalledAtThePortOfTheService() {
    Configured configured =
        Configured.of(
            """
            virtual_server 10.0.0.9 80 {
              protocol TCP
              lb_kind DR
              real_server 10.0.0.1 8080 { TCP_CHECK { } }
              real_server 10.0.0.2 8080 { lvs_method NAT }
              real_server 10.0.0.3 8080 { lvs_method TUN }
            }
            virtual_server fwmark 7 {
              lvs_method DR
              real_server 10.0.0.1 8080 { TCP_CHECK { } }
            }
            virtual_server group G {
              protocol TCP
              lvs_method DR
              real_server 10.0.0.1 8080 { TCP_CHECK { } }
            }
            """);
    assertThat(configured.backends())
        .extracting(BackendRef::realServer)
        .containsExactly(
            "[10.0.0.1]:tcp:80",
            "[10.0.0.2]:tcp:8080",
            "[10.0.0.3]:tcp:80",
            "[10.0.0.1]:none:0",
            "[10.0.0.1]:tcp:8080");
    assertThat(configured.config().backends().values())
        .flatExtracting(checks -> checks)
        .extracting(check -> check.target().label())
        .containsExactly(
            "TCP_CHECK [10.0.0.1]:80", "TCP_CHECK [10.0.0.1]:8080", "TCP_CHECK [10.0.0.1]:8080");
  }

  @Test
  void aRealServerWithoutChecksIsThereWithoutChecks() {
    Configured configured =
        Configured.of("virtual_server 10.0.0.9 80 {\n real_server 10.0.0.1 80 {\n }\n}\n");
    assertThat(configured.config().backends().values()).containsExactly(java.util.Set.of());
  }

  @Test
  void severalChecksOfOneRealServerAreAllKeptButEqualOnesAreOne() {
    Configured configured =
        Configured.of(
            """
            virtual_server 10.0.0.9 80 {
              real_server 10.0.0.1 80 {
                TCP_CHECK { connect_port 81 }
                TCP_CHECK { connect_port 82 }
                TCP_CHECK { connect_port 81 }
              }
            }
            """);
    assertThat(configured.config().backends().values().iterator().next())
        .extracting(check -> ((Target.Tcp) check.target()).to().port())
        .containsExactly(81, 82);
  }

  @Test
  void whatCannotWorkIsSaidWithItsPlace() {
    assertThat(
            Configured.of(
                    """
                    virtual_server 10.0.0.9 {
                      real_server fe80::1 {
                        TCP_CHECK {
                          bindto 10.0.0.2
                        }
                      }
                    }
                    """)
                .said())
        .isEqualTo(
            """
            3:5: warning: TCP_CHECK: there is no port 0 to connect to; connect_port can name another
            3:5: warning: TCP_CHECK: a link-local address can only be reached with bind_if
            4:7: warning: bindto: not of the address family to connect to, ignored""");
  }

  private static Configured server(String virtual, String real, String check) {
    return Configured.of(text(virtual, real, check));
  }

  private static String text(String virtual, String real, String check) {
    return "virtual_server 10.0.0.9 80 {\n%s\nreal_server 10.0.0.1 80 {\n%s\nTCP_CHECK {\n%s\n}\n}\n}\n"
        .formatted(virtual, real, check);
  }
}
