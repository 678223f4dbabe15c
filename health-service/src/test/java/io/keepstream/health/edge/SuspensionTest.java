package io.keepstream.health.edge;

import static io.keepstream.health.edge.HealthRig.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.VirtualServerEvent.ChecksResumed;
import io.keepstream.contract.event.VirtualServerEvent.ChecksSuspended;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.Configured;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.health.edge.FakeTarget.Mood;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Checks that are made only while the virtual address is on this host. */
@KernelTest
class SuspensionTest {
  private static final String VIP = "10.0.0.100";
  private static final String NAME = "[10.0.0.100]:tcp:80";

  private final NamespaceLab lab = NamespaceLab.create();
  private final LabHost host = lab.host("lb").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
  private FakeTarget target;

  @AfterEach
  void removeHosts() {
    lab.close();
  }

  private HealthRig start(HealthConfig config) {
    return host.inside(
        () ->
            HealthRig.start(
                config,
                loop -> {
                  target = new FakeTarget(loop);
                  return target;
                }));
  }

  private static String server(String vip, String words) {
    return """
        virtual_server %s 80 {
          protocol TCP
          delay_loop 0.01
          delay_before_retry 0.005
          connect_timeout 60
          warmup 0
          %s
          real_server 192.168.10.114 80 {
            TCP_CHECK { }
          }
        }
        """
        .formatted(vip, words);
  }

  private static HealthConfig config(String... servers) {
    return Configured.on(new ThisMachine(), String.join("", servers)).config();
  }

  private void add() {
    host.ip("addr add " + VIP + "/32 dev eth0");
  }

  private void remove() {
    host.ip("addr del " + VIP + "/32 dev eth0");
  }

  private ServiceState.Backend backend(HealthRig rig) {
    return rig.state().backends().getFirst();
  }

  private void awaitSuspended(HealthRig rig, boolean suspended) {
    Await.until(
        SOON,
        "suspended: " + suspended,
        () -> (backend(rig).suspendedMillis() != null) == suspended);
  }

  private void awaitAttempts() {
    int before = target.started.get();
    Await.until(SOON, "attempts", () -> target.started.get() > before + 3);
  }

  private static List<Event> ofServers(HealthRig rig) {
    return rig.events().stream()
        .filter(event -> event instanceof ChecksSuspended || event instanceof ChecksResumed)
        .toList();
  }

  @Test
  void nothingIsAskedUntilTheAddressComes() {
    try (HealthRig rig = start(config(server(VIP, "ha_suspend")))) {
      awaitSuspended(rig, true);
      assertThat(rig.events()).containsExactly(new ChecksSuspended(NAME));
      assertThat(backend(rig).up()).as("presumed up, without alpha").isTrue();
      assertThat(target.started.get()).isZero();
      add();
      awaitAttempts();
      assertThat(backend(rig).suspendedMillis()).isNull();
      assertThat(rig.events()).hasSize(2);
      assertThat(((ChecksResumed) rig.events().get(1)).address()).isEqualTo(VIP);
    }
  }

  @Test
  void withAlphaTheServerStaysDownUntilThen() {
    try (HealthRig rig = start(config(server(VIP, "ha_suspend\n alpha")))) {
      awaitSuspended(rig, true);
      assertThat(backend(rig).up()).isFalse();
      add();
      Await.until(SOON, "up", () -> backend(rig).up());
    }
  }

  @Test
  void theVerdictStaysWhileTheAddressIsElsewhere() {
    add();
    try (HealthRig rig = start(config(server(VIP, "ha_suspend")))) {
      awaitAttempts();
      target.mood = Mood.REFUSE;
      Await.until(SOON, "down", () -> !backend(rig).up());
      remove();
      awaitSuspended(rig, true);
      int started = target.started.get();
      target.mood = Mood.PASS;
      ServiceState.Check check = rig.state().checks().getFirst();
      assertThat(check.suspendedMillis()).isNotNull();
      assertThat(check.good()).isFalse();
      assertThat(backend(rig).up()).isFalse();
      Await.until(SOON, "half a second", () -> backend(rig).suspendedMillis() > 500);
      assertThat(target.started.get()).isEqualTo(started);
      add();
      Await.until(SOON, "up", () -> backend(rig).up());
      assertThat(ofServers(rig)).hasSize(2);
      assertThat(((ChecksResumed) ofServers(rig).getLast()).heldMillis()).isGreaterThan(500);
    }
  }

  @Test
  void anAttemptThatRunsIsGivenUp() {
    add();
    try (HealthRig rig = start(config(server(VIP, "ha_suspend")))) {
      awaitAttempts();
      target.mood = Mood.HANG;
      Await.until(SOON, "an attempt that hangs", () -> target.running.get() == 1);
      remove();
      Await.until(SOON, "no attempt", () -> target.running.get() == 0);
      assertThat(backend(rig).up()).isTrue();
    }
  }

  @Test
  void anAddressOnTwoInterfacesIsHereUntilBothHaveLostIt() {
    add();
    host.ip("addr add " + VIP + "/32 dev lo");
    try (HealthRig rig = start(config(server(VIP, "ha_suspend")))) {
      remove();
      awaitAttempts();
      assertThat(ofServers(rig)).isEmpty();
      host.ip("addr del " + VIP + "/32 dev lo");
      awaitSuspended(rig, true);
    }
  }

  @Test
  void aCheckThatIsSharedGoesOnForOthers() {
    try (HealthRig rig = start(config(server(VIP, "ha_suspend"), server("10.0.0.200", "")))) {
      target.mood = Mood.REFUSE;
      Await.until(SOON, "down", () -> !rig.state().backends().get(1).up());
      assertThat(rig.state().checks()).hasSize(1);
      assertThat(rig.state().checks().getFirst().suspendedMillis()).isNull();
      assertThat(backend(rig).up()).as("suspended, so it stands").isTrue();
      target.mood = Mood.HANG;
      add();
      Await.until(SOON, "what the other knows", () -> !backend(rig).up());
    }
  }

  @Test
  void theOneWhoLeavesASharedCheckSuspendsItForTheOther() {
    String other = server("10.0.0.200", "");
    try (HealthRig rig = start(config(server(VIP, "ha_suspend"), other))) {
      awaitAttempts();
      rig.change(config(server(VIP, "ha_suspend")));
      assertThat(rig.state().checks().getFirst().suspendedMillis()).isNotNull();
    }
  }

  @Test
  void aReloadKeepsWhatIsSuspended() {
    add();
    try (HealthRig rig = start(config(server(VIP, "ha_suspend")))) {
      target.mood = Mood.REFUSE;
      Await.until(SOON, "down", () -> !backend(rig).up());
      remove();
      awaitSuspended(rig, true);
      target.mood = Mood.PASS;
      rig.change(config(server(VIP, "ha_suspend\n retry 7")));
      assertThat(rig.state().checks().getFirst().suspendedMillis()).isNotNull();
      assertThat(backend(rig).suspendedMillis()).isNotNull();
      assertThat(backend(rig).up()).isFalse();
      assertThat(ofServers(rig)).hasSize(1);
      rig.change(config(server(VIP, "retry 7")));
      Await.until(SOON, "up", () -> backend(rig).up());
      rig.change(config(server(VIP, "ha_suspend\n retry 7")));
      awaitSuspended(rig, true);
      assertThat(backend(rig).up()).isTrue();
      assertThat(ofServers(rig)).hasSize(2);
    }
  }

  /** More news than the kernel keeps for us, while we look elsewhere. */
  @Test
  void newsThatTheKernelDroppedIsReadAnew() {
    try (HealthRig rig = start(config(server(VIP, "ha_suspend")))) {
      awaitSuspended(rig, true);
      CountDownLatch flooded = new CountDownLatch(1);
      target.loop.execute(() -> awaitQuietly(flooded));
      host.ip(
          IntStream.range(0, 6000)
              .mapToObj(i -> "addr add 10.1.%d.%d/32 dev eth0".formatted(i / 250, i % 250 + 1))
              .toArray(String[]::new));
      add();
      flooded.countDown();
      awaitAttempts();
      assertThat(backend(rig).suspendedMillis()).isNull();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
