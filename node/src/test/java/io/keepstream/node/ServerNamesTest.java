package io.keepstream.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Section;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.health.config.HealthConfigReader;
import io.keepstream.health.edge.ThisMachine;
import io.keepstream.lvs.config.LvsConfigReader;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts find their destinations because two services give a server the same name. */
class ServerNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.1.1.1 80;protocol TCP",
        "10.1.1.1;protocol sctp",
        "10.1.1.1 0;",
        "10.1.1.1 80;lb_kind DR",
        "10.1.1.1 80;lvs_method TUN",
        "fwmark 3;protocol TCP",
        "fwmark 3;lb_kind DR",
        "group G;protocol TCP",
        "group G;lb_kind DR"
      })
  void healthAndLvsNameServersAlike(String header) {
    List<String> parts = List.of(header.split(";", 2));
    Section root = servers(parts.getFirst(), parts.getLast());
    Set<BackendRef> checked =
        HealthConfigReader.read(root, new ThisMachine(), problem -> {}).backends().keySet();
    List<BackendRef> balanced =
        LvsConfigReader.read(root, problem -> {}).virtualServers().stream()
            .flatMap(server -> server.realServers().stream())
            .map(real -> real.server().backend())
            .toList();
    assertThat(balanced).hasSize(5).containsExactlyInAnyOrderElementsOf(checked);
  }

  private static Section servers(String header, String line) {
    String text =
        """
      virtual_server_group G {
        10.1.1.10 80
        fwmark 7
      }
      virtual_server %s {
        %s
        real_server 10.2.0.1 8080 { TCP_CHECK { } }
        real_server 10.2.0.2 { TCP_CHECK { } }
        real_server 10.2.0.3 8080 {
          lvs_method DR
          TCP_CHECK { }
        }
        real_server FD00:0::1 8080 {
          lvs_method TUN type gue port 5555
          TCP_CHECK { }
        }
      }
      virtual_server group G {
        protocol UDP
        real_server 10.2.0.1 8080 { TCP_CHECK { } }
      }
      """
            .formatted(header, line);
    return ConfigReader.read("f", new TextSource("f", text)).root();
  }
}
