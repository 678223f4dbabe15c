package io.keepstream.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Section;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.SystemSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedServersTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10.0.0.1 80 | protocol TCP | 10.1.0.1 8080 | [10.0.0.1]:tcp:80 | [10.1.0.1]:tcp:8080
          10.0.0.1 80 | protocol tcp | 10.1.0.1 | [10.0.0.1]:tcp:80 | [10.1.0.1]:tcp:80
          10.0.0.1 | protocol SCTP | 10.1.0.1 | [10.0.0.1]:sctp:0 | [10.1.0.1]:sctp:0
          10.0.0.1 53 | delay_loop 6 | 10.1.0.1 53 | [10.0.0.1]:udp:53 | [10.1.0.1]:udp:53
          10.0.0.1 53 | protocol ICMP | 10.1.0.1 53 | [10.0.0.1]:udp:53 | [10.1.0.1]:udp:53
          10.0.0.1 80 | lvs_method DR | 10.1.0.1 8080 | [10.0.0.1]:udp:80 | [10.1.0.1]:udp:80
          10.0.0.1 80 | lb_kind TUN | 10.1.0.1 8080 | [10.0.0.1]:udp:80 | [10.1.0.1]:udp:80
          fd00:0:0::1 80 | protocol TCP | fd00::0:9 80 | [fd00::1]:tcp:80 | [fd00::9]:tcp:80
          fwmark 7 | protocol TCP | 10.1.0.1 80 | FWM 7 | [10.1.0.1]:none:80
          fwmark 7 | lvs_method DR | 10.1.0.1 80 | FWM 7 | [10.1.0.1]:none:0
          group WEB | protocol TCP | 10.1.0.1 80 | [WEB]:0 | [10.1.0.1]:tcp:80
          """)
  void names(String header, String line, String real, String virtualName, String realName)
      throws IOException {
    NamedServers server =
        read("virtual_server %s {\n%s\nreal_server %s {\n}\n}\n".formatted(header, line, real))
            .getFirst();
    assertThat(server.name()).isEqualTo(virtualName);
    assertThat(server.backend(server.section().blocks("real_server").getFirst()))
        .hasValueSatisfying(
            backend -> {
              assertThat(backend.virtualServer()).isEqualTo(virtualName);
              assertThat(backend.realServer()).isEqualTo(realName);
            });
  }

  @Test
  void theMethodOfTheRealServerCounts() throws IOException {
    NamedServers server =
        read("""
                virtual_server 10.0.0.1 80 {
                  lvs_method DR
                  real_server 10.1.0.1 8080 {
                    lvs_method NAT
                  }
                }
                """)
            .getFirst();
    assertThat(server.backend(server.section().blocks("real_server").getFirst()).orElseThrow())
        .extracting("realServer")
        .isEqualTo("[10.1.0.1]:udp:8080");
  }

  @Test
  void usersOfAGroupAreCountedAndUnreadableHeadersLeftOut() throws IOException {
    List<NamedServers> servers =
        read(
            """
            virtual_server group A {
            }
            virtual_server nonsense 80 {
            }
            virtual_server group B {
            }
            virtual_server group A {
            }
            """);
    assertThat(servers).extracting(NamedServers::name).containsExactly("[A]:0", "[B]:0", "[A]:1");
  }

  private List<NamedServers> read(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("conf"), text);
    Section root = ConfigReader.read(file.toString(), SystemSource.ofThisMachine()).root();
    return NamedServers.of(root);
  }
}
