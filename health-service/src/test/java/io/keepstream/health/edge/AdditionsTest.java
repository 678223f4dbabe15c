package io.keepstream.health.edge;

import static io.keepstream.health.edge.HealthRig.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Service;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.OperatorEvent.OverrideCleared;
import io.keepstream.contract.event.OperatorEvent.OverrideSet;
import io.keepstream.contract.event.OverrideKind;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.health.config.Configured;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.health.edge.FakeTarget.Mood;
import io.keepstream.lab.Await;
import org.junit.jupiter.api.Test;

/** Real servers that an operator adds while health-service runs. */
class AdditionsTest {
  private static final BackendRef ADDED =
      new BackendRef("[172.32.10.18]:tcp:80", "[192.168.10.115]:tcp:81");
  private static final Event ADD = new OverrideSet(ADDED, OverrideKind.ADDED, 1, "root", null);
  private static final Event REMOVE = new OverrideCleared(ADDED, OverrideKind.ADDED, "by root", 1);
  private static final String COPIED =
      "Checking added real server [192.168.10.115]:tcp:81 of virtual server"
          + " [172.32.10.18]:tcp:80 as the others are: TCP_CHECK [192.168.10.115]:81";

  private FakeTarget target;

  private HealthRig start(HealthConfig config, Mood mood) {
    return HealthRig.start(
        config,
        loop -> {
          target = new FakeTarget(loop);
          target.mood = mood;
          return target;
        });
  }

  private static HealthConfig server(String words, String checks) {
    return Configured.on(
            new ThisMachine(),
            """
            virtual_server 172.32.10.18 80 {
              protocol TCP
              delay_loop 0.01
              delay_before_retry 0.005
              warmup 0
              %s
              real_server 192.168.10.114 80 {
                %s
              }
            }
            """
                .formatted(words, checks))
        .config();
  }

  private static ServiceState.Backend added(HealthRig rig) {
    return rig.state().backends().stream()
        .filter(each -> each.backend().equals(ADDED))
        .findFirst()
        .orElse(null);
  }

  @Test
  void oneIsCheckedAsTheOthersAreUntilItIsRemoved() {
    HealthConfig config = server("", "TCP_CHECK { }");
    try (HealthRig rig = start(config, Mood.PASS)) {
      rig.hear(Service.LVS, ADD);
      Await.until(SOON, "checks of it", () -> target.asked.contains(81));
      rig.awaitTold(COPIED);
      assertThat(added(rig).up()).isTrue();
      rig.change(config);
      rig.hear(Service.LVS, REMOVE);
      Await.until(SOON, "its end", () -> added(rig) == null);
      assertThat(rig.told()).containsExactly(COPIED);
    }
  }

  @Test
  void oneThatIsDeadIsToldDown() {
    try (HealthRig rig = start(server("", "TCP_CHECK { }"), Mood.REFUSE)) {
      rig.hear(Service.LVS, ADD);
      Await.until(SOON, "a verdict of both", () -> rig.told().size() == 3);
      assertThat(rig.told()).contains(COPIED);
      assertThat(added(rig).up()).isFalse();
    }
  }

  @Test
  void whereOthersStartDownItDoesToo() {
    try (HealthRig rig = start(server("alpha", "TCP_CHECK { }"), Mood.HANG)) {
      rig.hear(Service.LVS, ADD);
      Await.until(SOON, "it is there", () -> added(rig) != null);
      assertThat(added(rig).up()).isFalse();
      assertThat(added(rig).evidence()).isNull();
    }
  }

  @Test
  void withoutACheckToCopyNothingChecksIt() {
    try (HealthRig rig = start(server("", ""), Mood.PASS)) {
      rig.hear(Service.LVS, ADD);
      rig.awaitTold(
          "Nothing checks added real server [192.168.10.115]:tcp:81 of virtual server"
              + " [172.32.10.18]:tcp:80: the others have no check in common");
      assertThat(added(rig)).isNull();
      rig.change(server("", "TCP_CHECK { }"));
      Await.until(SOON, "checks of it", () -> added(rig) != null);
    }
  }
}
