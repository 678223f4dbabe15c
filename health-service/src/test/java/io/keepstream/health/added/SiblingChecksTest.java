package io.keepstream.health.added;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.health.config.CheckConfig;
import io.keepstream.health.config.Configured;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.health.config.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SiblingChecksTest {
  private static final BackendRef ADDED =
      new BackendRef("[10.1.1.1]:tcp:80", "[10.2.0.9]:tcp:8081");

  private static HealthConfig read(String... realServers) {
    return Configured.of(
            """
            track_file F {
              file /tmp/f
            }
            bfd_instance B {
              neighbor_ip 10.2.0.1
            }
            virtual_server 10.1.1.1 80 {
              protocol TCP
              %s
            }
            virtual_server 10.1.1.2 80 {
              protocol TCP
              real_server 10.2.0.5 80 {
                PING_CHECK { }
              }
            }
            """
                .formatted(String.join("\n", realServers)))
        .config();
  }

  private static String real(int last, String checks) {
    return "real_server 10.2.0.%d 8080 {\n%s\n}".formatted(last, checks);
  }

  private static List<CheckConfig> shared(HealthConfig file) {
    return List.copyOf(SiblingChecks.of(file, Map.of(ADDED, 7)).get(ADDED));
  }

  /** What all real servers check, where @ is the address of each, and what the added one does. */
  record Row(String each, String added) {}

  static Stream<Row> rows() {
    return Stream.of(
        new Row("TCP_CHECK { }", "TCP_CHECK [10.2.0.9]:8081"),
        new Row("TCP_CHECK {\n connect_port 99\n }", "TCP_CHECK [10.2.0.9]:99"),
        new Row("PING_CHECK { }", "PING_CHECK 10.2.0.9"),
        new Row("SMTP_CHECK { }", "SMTP_CHECK [10.2.0.9]:8081"),
        new Row("DNS_CHECK {\n name example.org\n }", "DNS_CHECK [10.2.0.9]:8081"),
        new Row("UDP_CHECK { }", "UDP_CHECK [10.2.0.9]:8081"),
        new Row(
            "MISC_CHECK {\n misc_path \"/bin/true @ 1\"\n }", "MISC_CHECK /bin/true 10.2.0.9 1"),
        new Row(
            "MISC_CHECK {\n misc_path \"/bin/true @:8080\"\n }",
            "MISC_CHECK /bin/true 10.2.0.9:8081"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aCheckOfEachIsMovedEvenFromASingleOne(Row row) {
    for (int count = 1; count <= 3; count++) {
      String[] reals =
          Stream.of(1, 2, 3)
              .limit(count)
              .map(i -> real(i, row.each().replace("@", "10.2.0." + i)))
              .toArray(String[]::new);
      assertThat(shared(read(reals)))
          .extracting(check -> check.target().label())
          .containsExactly(row.added());
    }
  }

  /** The added one is checked just as if the file had it. */
  @Test
  void aMovedCheckIsThatOfTheFile() {
    String checks =
        """
        TCP_CHECK {
          connect_timeout 1
        }
        HTTP_GET {
          url {
            path /
          }
        }
        SSL_GET {
          enable_sni
          tls_verify
          url {
            path /x
          }
        }
        """;
    HealthConfig file = read(real(1, checks), real(2, checks));
    HealthConfig with =
        read(
            real(1, checks),
            real(2, checks),
            "real_server 10.2.0.9 8081 {\n weight 7\n" + checks + "\n}");
    assertThat(Set.copyOf(shared(file))).isEqualTo(with.backends().get(ADDED)).hasSize(3);
    assertThat(SiblingChecks.of(with, Map.of(ADDED, 7))).as("the file has it").isEmpty();
  }

  @Test
  void onlyWhatAllHaveInCommonIsTaken() {
    assertThat(
            shared(
                read(
                    real(1, "TCP_CHECK { }\n PING_CHECK { }"),
                    real(2, "PING_CHECK { }\n TCP_CHECK {\n connect_port 81\n }"))))
        .extracting(check -> check.target().label())
        .containsExactly("PING_CHECK 10.2.0.9");
    assertThat(shared(read(real(1, "TCP_CHECK { }"), real(2, "")))).isEmpty();
  }

  @Test
  void howOftenIsAsWithTheFirst() {
    HealthConfig file =
        read(real(1, "TCP_CHECK {\n retry 5\n }"), real(2, "TCP_CHECK {\n retry 1\n }"));
    CheckConfig first = file.backends().values().iterator().next().iterator().next();
    assertThat(shared(file))
        .singleElement()
        .extracting(CheckConfig::rules)
        .isEqualTo(first.rules());
  }

  @Test
  void whatDoesNotSpeakOfTheServerIsTakenOnlyFromSeveral() {
    for (String check :
        List.of(
            "MISC_CHECK {\n misc_path /bin/true\n }",
            "FILE_CHECK {\n track_file F\n }",
            "BFD_CHECK {\n name B\n }",
            "TCP_CHECK {\n connect_ip 10.2.0.77\n }")) {
      assertThat(shared(read(real(1, check)))).as(check).isEmpty();
      assertThat(shared(read(real(1, check), real(2, check)))).as(check).hasSize(1);
    }
  }

  @Test
  void aDynamicWeightIsThatOfTheAddedServer() {
    HealthConfig file =
        read(
            real(
                1,
                "weight 3\n MISC_CHECK {\n misc_path \"/bin/true 10.2.0.1\"\n misc_dynamic\n }"));
    assertThat(shared(file))
        .singleElement()
        .extracting(CheckConfig::target)
        .satisfies(it -> assertThat(((Target.Misc) it).configuredWeight()).isEqualTo(7));
  }

  @Test
  void otherVirtualServersHaveNothingToDoWithIt() {
    assertThat(SiblingChecks.of(read(), Map.of(ADDED, 7)).get(ADDED)).isEmpty();
    assertThat(read().with(Map.of(ADDED, Set.of())).backends()).hasSize(2);
  }
}
