package io.keepstream.health.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Without which addresses the checks of a virtual server are suspended. */
class HaSuspendReaderTest {
  private static final String GROUPS =
      """
      virtual_server_group web {
        10.0.0.1 80
        10.0.0.4-6 80
        fd00::/126 443
      }
      virtual_server_group marked {
        10.0.0.9 80
        fwmark 7
      }
      """;

  private static Configured servers(String... headers) {
    return Configured.of(
        GROUPS
            + Arrays.stream(headers)
                .map(
                    header ->
                        """
                        virtual_server %s {
                          protocol TCP
                          ha_suspend
                          real_server 192.168.10.114 80 {
                            TCP_CHECK { }
                          }
                        }
                        """
                            .formatted(header))
                .collect(Collectors.joining()));
  }

  private static List<String> read(Configured configured) {
    return configured.config().haSuspend().entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .toList();
  }

  @Test
  void aVirtualServerNeedsItsOwnAddress() {
    assertThat(read(servers("172.32.10.18 80", "fd00::9 80")))
        .containsExactly(
            "[172.32.10.18]:tcp:80 [172.32.10.18]", "[fd00::9]:tcp:80 [fd00:0:0:0:0:0:0:9]");
  }

  @Test
  void aGroupNeedsAnyOfItsAddresses() {
    assertThat(read(servers("group web")))
        .containsExactly(
            "[web]:0 [10.0.0.1, 10.0.0.4-10.0.0.6, fd00:0:0:0:0:0:0:0-fd00:0:0:0:0:0:0:3]");
  }

  @Test
  void marksAreOnNoHostSoNothingIsSuspended() {
    Configured configured = servers("fwmark 3", "group marked");
    assertThat(read(configured)).isEmpty();
    assertThat(configured.said())
        .isEqualTo(
            "12:3: warning: ha_suspend: firewall marks are on no host, so checks are never"
                + " suspended\n"
                + "19:3: warning: ha_suspend: firewall marks are on no host, so checks are never"
                + " suspended");
  }

  @Test
  void withoutTheWordNothingIsSuspended() {
    assertThat(Configured.of(GROUPS).config().haSuspend()).isEmpty();
  }
}
