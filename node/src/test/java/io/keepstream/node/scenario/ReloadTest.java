package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Order.Kind;
import io.keepstream.contract.Service;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.Output;
import io.keepstream.testkit.KernelTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reload that meets processes that come, go or start while it goes on. */
@KernelTest
class ReloadTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String CONFIG =
      """
      vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          priority 150
          advert_int 0.3
          version 3
          virtual_ipaddress {
              10.0.0.100/24
          }
      }
      """;

  private NamespaceLab lab;
  private Processes node;
  private LabProcess election;
  private final List<StandIn> others = new CopyOnWriteArrayList<>();

  @BeforeEach
  void start() {
    lab = NamespaceLab.create();
    LabHost host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
    node = new Processes(host, CONFIG);
    election = node.begin(Service.ELECTION);
    election.awaitLine("Entering MASTER STATE", LIMIT);
  }

  @AfterEach
  void close() {
    others.forEach(StandIn::close);
    lab.close();
  }

  private StandIn join(String name) {
    StandIn other = StandIn.join(node.meeting(), name);
    others.add(other);
    return other;
  }

  @Test
  void whoIsGoneBetweenThePhasesIsToldToBeLeftBehind() {
    StandIn health = join("health");
    health.obey(
        order -> {
          if (order.body().kind() == Kind.COMMIT) {
            health.leave();
          } else {
            order.reply("");
          }
        });
    node.write(CONFIG.replace("priority 150", "priority 160"));
    Output reloaded = node.ask(Service.ELECTION, "reload");
    assertThat(reloaded.status()).isEqualTo(1);
    assertThat(reloaded.text()).contains("health: the process that was asked closed its end");
    election.awaitLine("health has not gone over to .*node1.conf as it is now", LIMIT);
    assertThat(node.explain(Service.ELECTION)).contains("160");
  }

  @Test
  void whoIsStillStartingKeepsNobodyFromReloadingAndIsToldOfItAfterwards() {
    List<Kind> late = new CopyOnWriteArrayList<>();
    StandIn lvs = join("lvs");
    node.write(CONFIG.replace("priority 150", "priority 160"));
    assertThat(node.ask(Service.ELECTION, "reload").orThrow("reload").text())
        .contains("Reloaded configuration");
    lvs.obey(order -> late.add(order.body().kind()));
    Await.until(LIMIT, "lvs is told", () -> late.equals(List.of(Kind.FOLLOW)));
  }

  @Test
  void whoComesBetweenThePhasesIsToldOfItAfterwards() {
    List<Kind> late = new CopyOnWriteArrayList<>();
    join("health")
        .obey(
            order -> {
              if (order.body().kind() == Kind.PREPARE) {
                Thread.ofVirtual()
                    .start(
                        () -> {
                          join("lvs").obey(ordered -> late.add(ordered.body().kind()));
                          order.reply("");
                        });
              } else {
                order.reply("");
              }
            });
    node.write(CONFIG.replace("priority 150", "priority 160"));
    assertThat(node.ask(Service.ELECTION, "reload").orThrow("reload").text())
        .contains("Reloaded configuration");
    Await.until(LIMIT, "lvs is told", () -> late.equals(List.of(Kind.FOLLOW)));
  }
}
