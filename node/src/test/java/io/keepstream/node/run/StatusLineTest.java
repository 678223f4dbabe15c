package io.keepstream.node.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.ServiceState.Backend;
import io.keepstream.contract.snapshot.ServiceState.Instance;
import io.keepstream.contract.snapshot.ServiceState.Sink;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private static final Priority PRIORITY = new Priority(100, 100, List.of());

  private static Instance instance(String name, VrrpState state) {
    VirtualRouterRef router = new VirtualRouterRef(name, 51, "inet", "eth0");
    return new Instance(router, state, 1, PRIORITY, null, null, List.of(), Map.of());
  }

  private static Backend backend(boolean up) {
    return new Backend(new BackendRef("v", "r"), up, 1, null, 0, null);
  }

  @Test
  void allServicesInOneLine() {
    assertThat(
            StatusLine.of(
                List.of(
                    new ServiceState.Election(
                        List.of(
                            instance("VI_3", VrrpState.FAULT),
                            instance("VI_1", VrrpState.MASTER),
                            instance("VI_2", VrrpState.MASTER)),
                        List.of()),
                    new ServiceState.Health(List.of(backend(true), backend(false)), List.of()),
                    new ServiceState.Notifier(
                        List.of(new Sink("webhook ops", false, 1, 0, 1, 1, 0, 0, "gone"))))))
        .isEqualTo(
            "MASTER of VI_1, VI_2; FAULT of VI_3; 1 of 2 real servers up; 1 of 1 sinks failing");
  }

  @Test
  void manyInstancesAreCountedAndWhatThereIsNotIsNotSaid() {
    List<Instance> many =
        IntStream.range(0, 6).mapToObj(i -> instance("V" + i, VrrpState.BACKUP)).toList();
    assertThat(
            StatusLine.of(
                List.of(
                    new ServiceState.Election(many, List.of()),
                    new ServiceState.Health(List.of(), List.of()))))
        .isEqualTo("BACKUP of 6 instances");
  }
}
