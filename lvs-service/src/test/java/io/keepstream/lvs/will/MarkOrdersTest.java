package io.keepstream.lvs.will;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.contract.Instruction.Act;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.lvs.config.ConfigText;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.config.VirtualServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders about a firewall mark that is used in both families, and so has one name for both. */
class MarkOrdersTest {
  private static final LvsConfig BOTH =
      ConfigText.read(
              """
              virtual_server fwmark 7 {
                lvs_sched rr
                lvs_method NAT
                real_server 10.2.0.1 8080 { }
                real_server 10.2.0.2 8080 { }
              }
              virtual_server fwmark 7 {
                ip_family inet6
                lvs_sched rr
                lvs_method NAT
                real_server fd00::1 8080 { }
                real_server fd00::2 8080 { }
              }
              """)
          .config();

  private final Orders orders = new Orders();

  @BeforeEach
  void read() {
    orders.file = BOTH;
  }

  private List<Integer> sizes() {
    return orders.will.over(BOTH).virtualServers().stream()
        .map(VirtualServer::realServers)
        .map(List::size)
        .toList();
  }

  @Test
  void itsNameMeansBoth() {
    assertThat(BOTH.virtualServers())
        .extracting(VirtualServer::name)
        .containsExactly("FWM 7", "FWM 7");
    orders.give(new Act.Drain("FWM 7", false, null));
    assertThat(orders.will.drains()).hasSize(4);
  }

  @Test
  void oneServerOfItIsMeant() {
    orders.give(new Act.Drain("FWM 7/[fd00::1]:8080", false, null));
    orders.give(new Act.Weight("fwmark 7/10.2.0.2:8080", 5));
    assertThat(orders.will.drains().keySet())
        .extracting(BackendRef::realServer)
        .singleElement()
        .asString()
        .contains("fd00");
    assertThat(orders.will.edits().keySet())
        .extracting(BackendRef::realServer)
        .singleElement()
        .asString()
        .contains("10.2.0.2");
    assertThatThrownBy(() -> orders.give(new Act.Drain("FWM 7/10.2.0.9:8080", false, null)))
        .hasMessageContaining("there is no real server of FWM 7 '10.2.0.9:8080'");
  }

  @Test
  void aServerIsAddedWhereItsFamilyIs() {
    orders.give(new Act.Add("FWM 7", "[fd00::3]:8080", 1));
    assertThat(sizes()).containsExactly(2, 3);
    orders.give(new Act.Add("FWM 7", "10.2.0.3:8080", 1));
    assertThat(sizes()).containsExactly(3, 3);
    orders.give(new Act.Remove("FWM 7", "[fd00::2]:8080"));
    orders.give(new Act.Remove("FWM 7", "[fd00::3]:8080"));
    assertThat(sizes()).containsExactly(3, 1);
  }
}
