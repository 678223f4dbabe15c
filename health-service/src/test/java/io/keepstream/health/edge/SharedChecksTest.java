package io.keepstream.health.edge;

import static io.keepstream.health.edge.HealthRig.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendEvent;
import io.keepstream.contract.event.BackendEvent.ShadowVerdict;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.Configured;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.health.edge.FakeTarget.Mood;
import io.keepstream.lab.Await;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same check of several real servers, shadow checks, and many checks through a reload. */
class SharedChecksTest {
  private static final String CHECK = "TCP_CHECK { }";

  private FakeTarget target;

  private HealthRig start(HealthConfig config) {
    return HealthRig.start(
        config,
        loop -> {
          target = new FakeTarget(loop);
          return target;
        });
  }

  /** The same real server in services 10.0.0.1, 10.0.0.2 ..., each with these checks. */
  private static HealthConfig services(String... checks) {
    String text =
        IntStream.range(0, checks.length)
            .mapToObj(
                i ->
                    """
                    virtual_server 10.0.0.%d 80 {
                      protocol TCP
                      delay_loop 0.01
                      delay_before_retry 0.005
                      connect_timeout 60
                      warmup 0
                      real_server 192.168.10.114 80 {
                        %s
                      }
                    }
                    """
                        .formatted(i + 1, checks[i]))
            .collect(Collectors.joining());
    return Configured.on(new ThisMachine(), text).config();
  }

  @Test
  void theSameCheckRunsOnceAndDecidesForAll() {
    try (HealthRig rig = start(services(CHECK, CHECK, CHECK))) {
      target.mood = Mood.REFUSE;
      rig.awaitTold("DOWN CONNECT_REFUSED 1", "DOWN CONNECT_REFUSED 1", "DOWN CONNECT_REFUSED 1");
      assertThat(target.mostRunning.get()).isEqualTo(1);
      assertThat(rig.events())
          .extracting(event -> ((BackendEvent) event).backend().virtualServer())
          .containsExactlyInAnyOrder("[10.0.0.1]:tcp:80", "[10.0.0.2]:tcp:80", "[10.0.0.3]:tcp:80");
      assertThat(rig.state().checks()).hasSize(1);
      assertThat(rig.state().checks().getFirst().realServers()).isEqualTo(3);
    }
  }

  @Test
  void otherRulesMakeItAnotherCheck() {
    try (HealthRig rig = start(services(CHECK, "TCP_CHECK { retry 7 }"))) {
      assertThat(rig.state().checks()).hasSize(2);
    }
  }

  @Test
  void whoJoinsLaterHearsWhatIsKnown() {
    try (HealthRig rig = start(services(CHECK))) {
      target.mood = Mood.REFUSE;
      rig.awaitTold("DOWN CONNECT_REFUSED 1");
      target.mood = Mood.HANG;
      rig.change(services(CHECK, CHECK));
      rig.awaitTold("DOWN CONNECT_REFUSED 1", "DOWN CONNECT_REFUSED 1");
      assertThat(rig.state().backends()).noneMatch(ServiceState.Backend::up);
      target.mood = Mood.PASS;
    }
  }

  @Test
  void theLastOneToLeaveStopsIt() {
    try (HealthRig rig = start(services(CHECK, CHECK))) {
      Await.until(SOON, "attempts", () -> target.started.get() > 2);
      rig.change(services(CHECK));
      int before = target.started.get();
      Await.until(SOON, "more attempts", () -> target.started.get() > before + 2);
      assertThat(rig.state().checks().getFirst().realServers()).isEqualTo(1);
      assertThat(target.closed.get()).isZero();
      rig.change(HealthConfig.NOTHING);
      assertThat(target.closed.get()).isEqualTo(1);
      assertThat(rig.state().checks()).isEmpty();
    }
  }

  @Test
  void rulesThatChangeForAllOrForOneKeepTheVerdict() {
    try (HealthRig rig = start(services(CHECK, CHECK))) {
      target.mood = Mood.REFUSE;
      rig.awaitTold("DOWN CONNECT_REFUSED 1", "DOWN CONNECT_REFUSED 1");
      rig.change(services(CHECK, "TCP_CHECK { warmup 60 }"));
      assertThat(rig.state().checks()).hasSize(2);
      rig.change(services("TCP_CHECK { rise 2 }", "TCP_CHECK { rise 2 }"));
      assertThat(rig.state().backends()).noneMatch(ServiceState.Backend::up);
      assertThat(rig.state().checks()).hasSize(1);
      assertThat(rig.told()).hasSize(2);
      target.mood = Mood.PASS;
      Await.until(SOON, "both up", () -> rig.told().size() == 4);
      assertThat(rig.told()).endsWith("UP OK 2", "UP OK 2");
    }
  }

  @Test
  void aShadowCheckIsToldAndDecidesNothing() {
    try (HealthRig rig = start(services("TCP_CHECK { shadow }"))) {
      target.mood = Mood.REFUSE;
      Await.until(SOON, "a verdict", () -> rig.events().size() >= 1);
      ShadowVerdict verdict = (ShadowVerdict) rig.events().getLast();
      assertThat(verdict.good()).isFalse();
      assertThat(verdict.evidence().reason()).isEqualTo("CONNECT_REFUSED");
      assertThat(verdict.summary())
          .startsWith(
              "Real server [192.168.10.114]:tcp:80 of virtual server [10.0.0.1]:tcp:80 would be"
                  + " DOWN [shadow TCP_CHECK");
      assertThat(rig.state().backends().getFirst().up()).isTrue();
      assertThat(rig.state().checks().getFirst().shadow()).isTrue();
      assertThat(rig.state().checks().getFirst().good()).isFalse();
      rig.change(services(CHECK));
      assertThat(rig.state().backends().getFirst().up()).as("no shadow any more").isFalse();
      rig.change(services("TCP_CHECK { shadow }"));
      assertThat(rig.state().backends().getFirst().up()).as("shadow again").isTrue();
    }
  }

  @Test
  void theSnapshotHoldsWhatEachCheckFoundLast() {
    try (HealthRig rig = start(services("TCP_CHECK { warmup 0.2 }"))) {
      ServiceState.Check before = rig.state().checks().getFirst();
      assertThat(before.known()).isFalse();
      assertThat(before.last()).isNull();
      target.mood = Mood.REFUSE;
      Await.until(SOON, "a result", () -> rig.state().checks().getFirst().last() != null);
      ServiceState.Check after = rig.state().checks().getFirst();
      assertThat(after.check()).isEqualTo("TCP_CHECK [192.168.10.114]:80");
      assertThat(after.last().reason()).isEqualTo("CONNECT_REFUSED");
      assertThat(after.last().durationMicros()).isEqualTo(1);
      assertThat(after.lastMillis()).isBetween(0L, SOON.toMillis());
      assertThat(after.ageMillis()).isGreaterThanOrEqualTo(after.lastMillis());
    }
  }

  /** A thousand servers, one port each, checked every 100 ms. */
  private static HealthConfig thousand(int changed, String words) {
    String reals =
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    "real_server 10.1.%d.%d %d { TCP_CHECK { %s } }"
                        .formatted(i / 250, 1 + i % 250, 2000 + i, i == changed ? words : ""))
            .collect(Collectors.joining("\n"));
    return Configured.on(
            new ThisMachine(),
            "virtual_server 10.0.0.1 80 {\n protocol TCP\n delay_loop 0.1\n" + reals + "\n}")
        .config();
  }

  @Test
  void aReloadWithOneChangedOfAThousandSkipsNoCheck() {
    try (HealthRig rig = start(thousand(-1, ""))) {
      Await.until(SOON, "all running", () -> target.started.get() > 3000);
      Map<Integer, Long> before = byPort();
      int startedBefore = target.started.get();
      for (int reload = 0; reload < 5; reload++) {
        rig.change(thousand(7, "retry " + (reload + 2)));
      }
      Await.until(SOON, "ten more rounds", () -> target.started.get() > 3000 + 12_000);
      Map<Integer, Long> after = byPort();
      double rounds = (target.started.get() - startedBefore) / 1e3;
      for (int port = 2000; port < 3000; port++) {
        if (port != 2007) {
          long made = after.getOrDefault(port, 0L) - before.getOrDefault(port, 0L);
          assertThat((double) made).as("checks of %d", port).isBetween(rounds - 3, rounds + 3);
        }
      }
      assertThat(rig.told()).isEmpty();
    }
  }

  private Map<Integer, Long> byPort() {
    return List.copyOf(target.asked).stream()
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }
}
