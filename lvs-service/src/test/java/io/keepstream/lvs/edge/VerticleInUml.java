package io.keepstream.lvs.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.LvsEvent.Available;
import io.keepstream.contract.event.LvsEvent.DriftRepaired;
import io.keepstream.contract.event.LvsEvent.Unavailable;
import io.keepstream.contract.event.VirtualServerEvent;
import io.keepstream.lab.Await;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.lvs.config.ConfigText;
import io.keepstream.lvs.config.KeepalivedTables;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.testkit.Proves;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerticleInUml {
  private final Running lvs = new Running(new Pace(300, 300, 300));

  @BeforeEach
  void clear() {
    Kernel.clear();
  }

  @AfterEach
  void close() {
    lvs.close();
    Kernel.clear();
  }

  private static LvsConfig config(String name) {
    return ConfigText.read(KeepalivedTables.config(name)).config();
  }

  private void start(String name) {
    lvs.start(config(name), new NetlinkIpvsTable(new ForeignLibc()));
  }

  @ParameterizedTest(name = "table {0}")
  @MethodSource("io.keepstream.lvs.config.KeepalivedTables#names")
  void aTableThatIsRightIsAdoptedUntouched(String name) {
    Kernel.restore(KeepalivedTables.table(name));
    List<String> before = Kernel.table();
    start(name);
    int services = (int) before.stream().filter(line -> line.startsWith("-A")).count();
    assertThat(lvs.events())
        .filteredOn(event -> !(event instanceof VirtualServerEvent))
        .containsExactly(new Available(services, before.size() - services));
    assertThat(Kernel.table()).isEqualTo(before);
    lvs.stop();
    assertThat(Kernel.table()).isEmpty();
  }

  @Test
  @Proves("FI-17")
  void handEditsAreRepairedAndStrangersStay() {
    start("nat");
    List<String> right = Kernel.table();
    assertThat(right).hasSize(4);
    lvs.forget();
    Kernel.ipvsadm("-d -t 10.1.1.1:80 -r 10.2.0.2:8081");
    lvs.awaitEvents(Running.has(DriftRepaired.class), "a repair");
    assertThat(Kernel.table()).isEqualTo(right);
    assertThat(lvs.events())
        .containsExactly(
            new DriftRepaired(List.of("add 10.2.0.2:8081 to TCP 10.1.1.1:80 (NAT, weight 3)")));
    Kernel.ipvsadm("-A -t 10.9.9.9:80 -s wlc");
    Kernel.ipvsadm("-D -t 10.1.1.1:80");
    Await.until(Running.LIMIT, "the service again", () -> Kernel.table().size() == 5);
    lvs.stop();
    assertThat(Kernel.table()).containsExactly("-A -t 10.9.9.9:80 -s wlc");
  }

  @Test
  void reloadLeavesWhatStays() {
    start("nat");
    Kernel.ipvsadm("-A -t 10.9.9.9:80 -s wlc");
    LvsConfig both =
        new LvsConfig(
            Stream.of("nat", "firewall-mark")
                .flatMap(name -> config(name).virtualServers().stream())
                .toList());
    lvs.reconfigure(both);
    assertThat(Kernel.table()).hasSize(1 + 4 + 11);
    lvs.reconfigure(config("firewall-mark"));
    assertThat(Kernel.table()).hasSize(1 + 11);
    assertThat(lvs.events()).noneMatch(DriftRepaired.class::isInstance);
  }

  @Test
  void aMissingModuleIsSaidOnceAndWaitedFor() {
    try (var _ = Kernel.withoutIpvs()) {
      start("nat");
      assertThat(lvs.events())
          .filteredOn(event -> !(event instanceof VirtualServerEvent))
          .containsExactly(new Unavailable("the kernel has no IPVS; load it with: modprobe ip_vs"));
      assertThat(lvs.state().dataplane()).isEqualTo("none");
    }
    lvs.await(new Available(0, 0));
    assertThat(Kernel.table()).hasSize(4);
    List<Event> unavailable = lvs.events().stream().filter(Unavailable.class::isInstance).toList();
    assertThat(unavailable).hasSize(1);
  }
}
