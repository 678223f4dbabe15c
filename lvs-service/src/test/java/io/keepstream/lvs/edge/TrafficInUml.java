package io.keepstream.lvs.edge;

import static io.keepstream.lvs.edge.DirectorLab.backend;
import static io.keepstream.lvs.edge.DirectorLab.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent.Added;
import io.keepstream.contract.event.BackendEvent.Removed;
import io.keepstream.contract.event.BackendEvent.WeightChanged;
import io.keepstream.contract.event.LvsEvent.Available;
import io.keepstream.contract.event.LvsEvent.DriftRepaired;
import io.keepstream.contract.event.LvsEvent.Unavailable;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.lab.Await;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.peer.WebSession;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients meet behind a director, also while things go wrong. */
class TrafficInUml {
  private static final String NAT_1 = "10.10.0.11";
  private static final String NAT_2 = "10.10.0.12";

  private final DirectorLab lab = new DirectorLab();
  private final Running lvs = new Running(new Pace(300, 300, 300));

  @AfterEach
  void close() {
    lvs.close();
    lab.close();
  }

  @Test
  void natSpreadsClientsOverWhatIsUp() throws IOException {
    lvs.start(config("NAT", "", NAT_1, NAT_2), lab.table());
    assertThat(lab.visits(4)).containsExactlyInAnyOrder("nat1", "nat2", "nat1", "nat2");
    lvs.down(backend(NAT_1));
    lvs.await(new Removed(backend(NAT_1)));
    assertThat(lab.visits(4)).containsOnly("nat2");
    lvs.up(backend(NAT_1));
    lvs.await(new Added(backend(NAT_1), 1));
    assertThat(lab.visits(4)).contains("nat1", "nat2");
  }

  @Test
  void directRoutingDoesToo() throws IOException {
    lvs.start(config("DR", "", "10.20.0.13", "10.20.0.14"), lab.table());
    assertThat(lab.visits(4)).containsExactlyInAnyOrder("dr1", "dr2", "dr1", "dr2");
    lvs.down(backend("10.20.0.14"));
    lvs.await(new Removed(backend("10.20.0.14")));
    assertThat(lab.visits(4)).containsOnly("dr1");
  }

  @Test
  void aServerThatLeavesPolitelyKeepsItsConnectionsAndLosesNobody() throws Exception {
    lvs.start(config("NAT", "inhibit_on_failure", NAT_1, NAT_2), lab.table());
    WebSession old = lab.connectionTo("nat1");
    AtomicBoolean done = new AtomicBoolean();
    List<String> served = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> clients = inBackground(() -> visitUntil(done, served));
    Await.until(
        Running.LIMIT, "clients at both", () -> served.containsAll(List.of("nat1", "nat2")));
    lvs.down(backend(NAT_1));
    lvs.await(new WeightChanged(backend(NAT_1), 1, 0));
    assertThat(lab.visits(6)).containsOnly("nat2");
    assertThat(old.ask()).isEqualTo("nat1");
    done.set(true);
    clients.get(30, TimeUnit.SECONDS); // fails if one of them was lost
    old.close();
  }

  private Void visitUntil(AtomicBoolean done, List<String> served) throws IOException {
    while (!done.get()) {
      served.add(lab.visit());
    }
    return null;
  }

  private static <T> CompletableFuture<T> inBackground(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                result.complete(work.call());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }

  @Test
  @Proves("FI-17")
  void aTableThatSomebodyFlushesIsRepairedAndConnectionsGoOn() throws IOException {
    lvs.start(config("NAT", "", NAT_1, NAT_2), lab.table());
    List<String> right = lab.lines();
    try (WebSession old = lab.connectionTo("nat2")) {
      lvs.forget();
      lab.director().run("ipvsadm", "-C").orThrow("ipvsadm -C");
      lvs.awaitEvents(Running.has(DriftRepaired.class), "a repair");
      assertThat(lab.lines()).isEqualTo(right);
      assertThat(old.ask()).isEqualTo("nat2");
      assertThat(lvs.events())
          .containsExactly(
              new DriftRepaired(
                  List.of(
                      "add TCP 10.20.0.100:80 (rr)",
                      "add 10.10.0.11:80 to TCP 10.20.0.100:80 (NAT, weight 1)",
                      "add 10.10.0.12:80 to TCP 10.20.0.100:80 (NAT, weight 1)")));
    }
  }

  @Test
  @Proves("IP-002")
  void answersThatFindNoRoomAreMadeUpFor() {
    String[] servers =
        IntStream.range(0, 300)
            .mapToObj(i -> "10.30.%d.%d".formatted(i / 100, 1 + i % 100))
            .toArray(String[]::new);
    lvs.start(config("NAT", "", servers), DirectorLab.table(lab.director(), OptionalInt.of(2_000)));
    Await.until(Running.LIMIT, "the whole table", () -> lab.lines().size() == 301);
    lvs.down(backend("10.30.0.7"));
    Await.until(Running.LIMIT, "one less", () -> lab.lines().size() == 300);
  }

  @Test
  @Proves("FI-18")
  void aModuleThatIsUnloadedAndLoadedIsFollowed() {
    lvs.start(config("NAT", "", NAT_1, NAT_2), lab.table());
    List<String> right = lab.lines();
    try (var _ = Kernel.withoutIpvs(lab.director())) {
      lvs.awaitEvents(Running.has(Unavailable.class), "that it is gone");
      assertThat(lvs.state().dataplane()).isEqualTo("none");
    }
    lvs.forget();
    lvs.await(new Available(0, 0));
    assertThat(lab.lines()).isEqualTo(right);
    assertThat(lvs.state().dataplane()).isEqualTo("ipvs");
  }

  @Test
  void whatPassesThroughIsCounted() throws IOException {
    lvs.start(config("NAT", "", NAT_1, NAT_2), lab.table());
    try (WebSession old = lab.connectionTo("nat1")) {
      lab.visits(4);
      Await.until(
          Running.LIMIT,
          "five connections",
          () -> counted() != null && counted().total().connections() >= 5);
      ServiceState.VirtualServer server = lvs.state().virtualServers().getFirst();
      assertThat(counted().total().packetsIn()).isGreaterThan(10);
      assertThat(counted().total().bytesOut()).isGreaterThan(100);
      assertThat(server.destinations().getFirst().connections().active())
          .as("of %s", old)
          .isEqualTo(1);
      assertThat(
              server.destinations().stream()
                  .mapToLong(each -> each.traffic().total().connections())
                  .sum())
          .isEqualTo(counted().total().connections());
    }
  }

  private ServiceState.Traffic counted() {
    return lvs.state().virtualServers().getFirst().traffic();
  }
}
