package io.keepstream.node.run;

import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.ServiceState.Backend;
import io.keepstream.contract.snapshot.ServiceState.Instance;
import io.keepstream.contract.snapshot.ServiceState.Sink;
import io.keepstream.contract.snapshot.ServiceState.VirtualServer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How services stand, in one line: {@code MASTER of VI_1; 3 of 4 real servers up}. */
final class StatusLine {
  private static final int MOST_NAMES = 5;

  private StatusLine() {}

  static String of(List<ServiceState> states) {
    return states.stream()
        .map(StatusLine::of)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static String of(ServiceState state) {
    return switch (state) {
      case ServiceState.Election election -> instances(election.instances());
      case ServiceState.Health health ->
          share(health.backends(), Backend::up, "real servers up", true);
      case ServiceState.Lvs lvs ->
          share(
              lvs.virtualServers(), Predicate.not(VirtualServer::quorum), "without quorum", false);
      case ServiceState.Notifier notifier ->
          share(notifier.sinks(), Predicate.not(Sink::healthy), "sinks failing", false);
    };
  }

  private static String instances(List<Instance> instances) {
    Map<VrrpState, List<String>> names =
        instances.stream()
            .collect(
                Collectors.groupingBy(
                    Instance::state,
                    TreeMap::new,
                    Collectors.mapping(
                        instance -> instance.router().instance(), Collectors.toList())));
    return names.entrySet().stream()
        .map(each -> each.getKey() + " of " + names(each.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String names(List<String> names) {
    return names.size() > MOST_NAMES ? names.size() + " instances" : String.join(", ", names);
  }

  /** Nothing of nothing is not worth saying, and neither is none unless it counts. */
  private static <T> String share(List<T> all, Predicate<T> which, String what, boolean always) {
    long some = all.stream().filter(which).count();
    return all.isEmpty() || (some == 0 && !always)
        ? ""
        : "%d of %d %s".formatted(some, all.size(), what);
  }
}
