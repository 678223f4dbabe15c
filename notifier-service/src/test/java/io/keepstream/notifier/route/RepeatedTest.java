package io.keepstream.notifier.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.ServiceState.Instance;
import io.keepstream.notifier.config.Repetition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepeatedTest {
  private static final long RELOAD_MILLIS = 50;

  @Test
  void whatAReloadHasLeftIsSaidAgain() {
    ServiceState.Election state =
        new ServiceState.Election(
            List.of(
                instance("VI_1", VrrpState.MASTER, 9000),
                instance("VI_2", VrrpState.MASTER, 9000),
                instance("VI_3", VrrpState.BACKUP, 20),
                instance("VI_4", VrrpState.INIT, 9000)),
            List.of());
    Repetition repetition =
        new Repetition(Map.of("G1", List.of("VI_1", "VI_2"), "G2", List.of("VI_1", "VI_3")));
    assertThat(Repeated.of(repetition, state, RELOAD_MILLIS))
        .extracting(Notice::line)
        .containsExactly(
            "INSTANCE \"VI_1\" MASTER 100\n",
            "INSTANCE \"VI_2\" MASTER 100\n",
            "GROUP \"G1\" MASTER 0\n");
  }

  private static Instance instance(String name, VrrpState state, long ageMillis) {
    return new Instance(
        new VirtualRouterRef(name, 51, "inet", "eth0"),
        state,
        ageMillis,
        new Priority(100, 100, List.of()),
        TransitionCause.of(TransitionCause.Reason.STARTED),
        null,
        List.of(),
        Map.of());
  }
}
