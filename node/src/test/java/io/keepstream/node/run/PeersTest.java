package io.keepstream.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.runtime.ContractCodec;
import io.keepstream.runtime.link.DropReason;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeersTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<Event> told = new CopyOnWriteArrayList<>();
  private Peers peers;

  @BeforeEach
  void listen() {
    ContractCodec.register(vertx);
    vertx.eventBus().<Envelope>consumer(Bus.EVENTS, said -> told.add(said.body().event()));
    peers = new Peers(vertx, "node", Set.of(Service.ELECTION));
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private void joined(Service... services) {
    for (Service service : services) {
      peers.joined(service.label(), Bus.addressesOf(service));
    }
  }

  @Test
  void theNodeIsCompleteWhenAllServicesAreThere() {
    joined(Service.HEALTH, Service.LVS);
    assertThat(peers.complete()).isFalse();
    joined(Service.NOTIFIER);
    assertThat(peers.complete()).isTrue();
    peers.left("lvs", DropReason.CLOSED);
    assertThat(peers.complete()).isFalse();
  }

  @Test
  void whoIsLostTwiceIsToldOnce() throws Exception {
    joined(Service.HEALTH);
    peers.left("health", DropReason.OVERSLEPT);
    joined(Service.HEALTH);
    peers.left("health", DropReason.CLOSED);
    // When the time is over that the first loss gave it to come again.
    vertx
        .timer(Peers.COME_AGAIN_MILLIS)
        .compose(over -> vertx.timer(1))
        .await(10, TimeUnit.SECONDS);
    joined(Service.HEALTH);
    vertx.timer(1).await(10, TimeUnit.SECONDS);
    assertThat(told.stream().filter(NodeEvent.ServiceLost.class::isInstance)).hasSize(1);
    assertThat(told.stream().filter(NodeEvent.ServiceBack.class::isInstance)).hasSize(1);
  }

  @Test
  void whoIsLostBeforeItRunsItsServicesIsRemembered() {
    assertThat(peers.seenNanos(Service.HEALTH)).isEmpty();
    peers.joined("health+lvs", Set.of());
    long cameNanos = peers.seenNanos(Service.LVS).orElseThrow();
    peers.left("health+lvs", DropReason.CLOSED);
    assertThat(peers.seenNanos(Service.HEALTH)).isPresent();
    assertThat(peers.seenNanos(Service.LVS).orElseThrow()).isGreaterThan(cameNanos);
    assertThat(peers.seenNanos(Service.NOTIFIER)).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void aProcessIsNamedByItsServices() {
    assertThat(Service.named("health+lvs")).containsExactly(Service.HEALTH, Service.LVS);
    assertThat(Service.named("lvs+lvs+other")).containsExactly(Service.LVS);
  }
}
