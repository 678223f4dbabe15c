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
import org.junit.jupiter.api.Test;

/** Verdicts reach their real servers only if health and lvs call them alike. */
class ServerNamesTest {
  private static final String TEXT =
      """
      virtual_server_group WEB {
        10.0.0.10-12 80
      }
      virtual_server_group MARKS {
        fwmark 8
      }
      virtual_server 10.0.0.1 80 {
        protocol TCP
        lvs_method NAT
        real_server 10.1.0.1 8080 { TCP_CHECK { } }
        real_server 10.1.0.2 { TCP_CHECK { } }
        real_server 10.1.0.3 8080 { lvs_method DR }
        real_server 10.1.0.4 8080 { lvs_method TUN }
      }
      virtual_server 10.0.0.2 80 {
        lb_kind DR
        real_server 10.1.0.1 8080 { TCP_CHECK { } }
        real_server 10.1.0.2 8080 { lvs_method NAT }
      }
      virtual_server 10.0.0.3 {
        protocol TCP
        lvs_method NAT
        real_server 10.1.0.1 { TCP_CHECK { connect_port 80 } }
      }
      virtual_server 2001:db8:0:0::1 443 {
        protocol sctp
        lvs_method TUN
        real_server 2001:DB8:0:0:1::2 443 { TCP_CHECK { } }
      }
      virtual_server fwmark 7 {
        lvs_method NAT
        real_server 10.1.0.1 80 { TCP_CHECK { } }
        real_server 10.1.0.2 80 { lvs_method DR }
      }
      virtual_server group WEB {
        protocol TCP
        lvs_method NAT
        real_server 10.1.0.1 80 { TCP_CHECK { } }
      }
      virtual_server group MARKS {
        protocol TCP
        lvs_method DR
        real_server 10.1.0.1 80 { TCP_CHECK { } }
      }
      virtual_server group WEB {
        protocol UDP
        lvs_method NAT
        real_server 10.1.0.1 53 { TCP_CHECK { } }
      }
      """;

  @Test
  void healthAndLvsCallRealServersAlike() {
    Section root = ConfigReader.read("f", new TextSource("f", TEXT)).root();
    List<BackendRef> balanced =
        LvsConfigReader.read(root, problem -> {}).virtualServers().stream()
            .flatMap(server -> server.realServers().stream())
            .map(real -> real.server().backend())
            .toList();
    assertThat(balanced).hasSize(13);
    assertThat(HealthConfigReader.read(root, new ThisMachine(), problem -> {}).backends())
        .containsOnlyKeys(balanced);
  }
}
