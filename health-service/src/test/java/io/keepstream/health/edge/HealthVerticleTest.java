package io.keepstream.health.edge;

import static io.keepstream.health.edge.HealthRig.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.Configured;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.health.edge.FakeTarget.Mood;
import io.keepstream.lab.Await;
import org.junit.jupiter.api.Test;

class HealthVerticleTest {
  private static final BackendRef BACKEND =
      new BackendRef("[172.32.10.18]:tcp:80", "[192.168.10.114]:tcp:80");

  private FakeTarget target;

  @Test
  void saysNothingOfAServerThatStartsUpUntilItGoesDown() {
    try (HealthRig rig = start(one("retry 2"))) {
      Await.until(SOON, "attempts", () -> target.started.get() > 5);
      assertThat(rig.told()).isEmpty();
      target.mood = Mood.REFUSE;
      rig.awaitTold("DOWN CONNECT_REFUSED 3");
      target.mood = Mood.PASS;
      rig.awaitTold("DOWN CONNECT_REFUSED 3", "UP OK 1");
      BackendEvent down = (BackendEvent) rig.events().getFirst();
      assertThat(down.backend()).isEqualTo(BACKEND);
      assertThat(down.summary())
          .startsWith(
              "Real server [192.168.10.114]:tcp:80 of virtual server [172.32.10.18]:tcp:80 is DOWN"
                  + " [TCP_CHECK [192.168.10.114]:80 CONNECT_REFUSED after 3 attempt(s), 1 us;");
    }
  }

  @Test
  void theVeryFirstFailureIsEnough() {
    try (HealthRig rig = start(one("retry 5"), Mood.REFUSE)) {
      rig.awaitTold("DOWN CONNECT_REFUSED 1");
    }
  }

  @Test
  void alphaStartsDownWithoutAWordAndComesUpWithTheFirstSuccess() {
    try (HealthRig rig = start(one("alpha\n warmup 0.2"))) {
      ServiceState.Backend before = rig.state().backends().getFirst();
      assertThat(before.up()).isFalse();
      assertThat(before.evidence()).isNull();
      rig.awaitTold("UP OK 1");
    }
  }

  @Test
  void theSnapshotHoldsEveryServerWithEvidenceAndAge() {
    try (HealthRig rig = start(one(""))) {
      assertThat(rig.state().backends()).extracting("backend", "up").hasSize(1);
      target.mood = Mood.REFUSE;
      Await.until(SOON, "a down server", () -> !rig.state().backends().getFirst().up());
      ServiceState.Backend down = rig.state().backends().getFirst();
      assertThat(down.backend()).isEqualTo(BACKEND);
      assertThat(down.evidence().reason()).isEqualTo("CONNECT_REFUSED");
      Await.until(SOON, "age", () -> rig.state().backends().getFirst().ageMillis() >= 20);
    }
  }

  @Test
  void aReloadKeepsWhatDidNotChange() {
    try (HealthRig rig = start(one(""), Mood.REFUSE)) {
      rig.awaitTold("DOWN CONNECT_REFUSED 1");
      rig.change(one(""));
      rig.change(one("delay_loop 0.02"));
      target.mood = Mood.HANG;
      assertThat(rig.state().backends().getFirst().up()).isFalse();
      target.mood = Mood.PASS;
      rig.awaitTold("DOWN CONNECT_REFUSED 1", "UP OK 1");
    }
  }

  @Test
  void aReloadTakesNoServerOutOfServiceByAlpha() {
    try (HealthRig rig = start(one(""))) {
      Await.until(SOON, "a verdict", () -> rig.state().backends().getFirst().evidence() != null);
      rig.change(one("alpha\n warmup 60"));
      assertThat(rig.state().backends().getFirst().up()).isTrue();
      rig.change(one("alpha\n warmup 60", "connect_port 81"));
      assertThat(rig.state().backends().getFirst().up()).isTrue();
      assertThat(rig.told()).isEmpty();
    }
  }

  @Test
  void aNewCheckOfADownServerKeepsItDownUntilItHasLooked() {
    try (HealthRig rig = start(one(""), Mood.REFUSE)) {
      rig.awaitTold("DOWN CONNECT_REFUSED 1");
      rig.change(one("warmup 60", "connect_port 81"));
      target.mood = Mood.PASS;
      assertThat(rig.state().backends().getFirst().up()).isFalse();
      assertThat(rig.told()).hasSize(1);
    }
  }

  @Test
  void aServerWhoseChecksAreTakenAwayComesUp() {
    try (HealthRig rig = start(one(""), Mood.REFUSE)) {
      rig.awaitTold("DOWN CONNECT_REFUSED 1");
      rig.change(server("", ""));
      rig.awaitTold("DOWN CONNECT_REFUSED 1", "UP OK 0");
    }
  }

  @Test
  void aRemovedServerIsCheckedNoLonger() {
    try (HealthRig rig = start(one(""), Mood.HANG)) {
      Await.until(SOON, "an attempt", () -> target.running.get() == 1);
      rig.change(HealthConfig.NOTHING);
      Await.until(SOON, "its end", () -> target.running.get() == 0);
      assertThat(rig.state().backends()).isEmpty();
      assertThat(rig.told()).isEmpty();
      assertThat(target.started.get()).isEqualTo(1);
    }
  }

  @Test
  void theEndWaitsForTheLastAttempt() {
    try (HealthRig rig = start(one(""), Mood.HANG)) {
      Await.until(SOON, "an attempt", () -> target.running.get() == 1);
      rig.undeploy();
      assertThat(target.running.get()).isZero();
    }
  }

  private HealthRig start(HealthConfig config) {
    return start(config, Mood.PASS);
  }

  private HealthRig start(HealthConfig config, Mood mood) {
    return HealthRig.start(
        config,
        loop -> {
          target = new FakeTarget(loop);
          target.mood = mood;
          return target;
        });
  }

  private static HealthConfig one(String words) {
    return one(words, "");
  }

  /** One real server with one check, the first after a second, then every 10 ms. */
  private static HealthConfig one(String words, String checkWords) {
    return server(words, "TCP_CHECK {\n" + checkWords + "\n}");
  }

  private static HealthConfig server(String words, String checks) {
    return Configured.on(
            new ThisMachine(),
            """
            virtual_server 172.32.10.18 80 {
              protocol TCP
              delay_loop 0.01
              delay_before_retry 0.005
              connect_timeout 60
              warmup 0
              real_server 192.168.10.114 80 {
                %s
                %s
              }
            }
            """
                .formatted(words, checks))
        .config();
  }
}
