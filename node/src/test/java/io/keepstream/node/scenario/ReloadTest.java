package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Order;
import io.keepstream.contract.Order.Kind;
import io.keepstream.contract.Service;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.Output;
import io.keepstream.runtime.ContractCodec;
import io.keepstream.runtime.link.DropReason;
import io.keepstream.runtime.link.edge.EventLink;
import io.keepstream.runtime.link.edge.LinkListener;
import io.keepstream.testkit.KernelTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reload whose second phase meets a process that no longer does what it has agreed to. */
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
  private final Vertx health = bus();
  private final Vertx lvs = bus();

  @BeforeEach
  void start() {
    lab = NamespaceLab.create();
    LabHost host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
    node = new Processes(host, CONFIG);
    election = node.begin(Service.ELECTION);
    election.awaitLine("Entering MASTER STATE", LIMIT);
  }

  private static Vertx bus() {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    ContractCodec.register(vertx);
    return vertx;
  }

  @AfterEach
  void close() {
    Future.join(health.close(), lvs.close()).await();
    lab.close();
  }

  /** Stands for a process called {@code name} that answers orders in this way. */
  private void join(Vertx vertx, String name, Handler<Message<Order>> orders) {
    EventLink link = join(vertx, name);
    obey(vertx, link, name, orders);
    election.awaitLine("Linked with " + name, LIMIT);
  }

  private EventLink join(Vertx vertx, String name) {
    EventLink link =
        new EventLink(node.meeting(), name, Set.of(), new Nobody(), new SimpleMeterRegistry());
    vertx.deployVerticle(link).await();
    return link;
  }

  private static void obey(
      Vertx vertx, EventLink link, String name, Handler<Message<Order>> orders) {
    vertx.eventBus().consumer(Bus.ordersTo(name), orders);
    link.export(Set.of(Bus.ordersTo(name)));
  }

  private record Nobody() implements LinkListener {
    @Override
    public void joined(String peer, Set<String> exports) {}

    @Override
    public void left(String peer, DropReason reason) {}
  }

  @Test
  void whoIsGoneBetweenThePhasesIsToldToBeLeftBehind() {
    join(
        health,
        "health",
        order -> {
          if (order.body().kind() == Kind.COMMIT) {
            health.close();
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
    EventLink link = join(lvs, "lvs");
    election.awaitLine("Linked with lvs", LIMIT);
    node.write(CONFIG.replace("priority 150", "priority 160"));
    assertThat(node.ask(Service.ELECTION, "reload").orThrow("reload").text())
        .contains("Reloaded configuration");
    obey(lvs, link, "lvs", ordered -> late.add(ordered.body().kind()));
    Await.until(LIMIT, "lvs is told", () -> late.equals(List.of(Kind.FOLLOW)));
  }

  @Test
  void whoComesBetweenThePhasesIsToldOfItAfterwards() {
    List<Kind> late = new CopyOnWriteArrayList<>();
    join(
        health,
        "health",
        order -> {
          if (order.body().kind() == Kind.PREPARE) {
            Thread.ofVirtual()
                .start(
                    () -> {
                      join(lvs, "lvs", ordered -> late.add(ordered.body().kind()));
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
