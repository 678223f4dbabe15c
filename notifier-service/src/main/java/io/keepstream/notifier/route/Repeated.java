package io.keepstream.notifier.route;

import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.ServiceState.Instance;
import io.keepstream.notifier.config.Repetition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says again what a reload has left as it was. */
public final class Repeated {
  private Repeated() {}

  /**
   * What keepalived writes after a reload: of the instances first, then of the groups.
   *
   * @param state election-service as it is after the reload
   * @param reloadMillis how long that took; what has changed meanwhile was told as it did
   */
  public static List<Notice> of(
      Repetition repetition, ServiceState.Election state, long reloadMillis) {
    Map<String, Instance> unchanged = new LinkedHashMap<>();
    for (Instance each : state.instances()) {
      if (each.ageMillis() > reloadMillis) {
        unchanged.put(each.router().instance(), each);
      }
    }
    List<Notice> notices = new ArrayList<>();
    unchanged.forEach(
        (name, each) ->
            Notices.ofState("INSTANCE", name, each.state(), each.priority().effective())
                .ifPresent(notices::add));
    repetition
        .groups()
        .forEach(
            (group, members) -> {
              List<VrrpState> states =
                  members.stream()
                      .map(unchanged::get)
                      .map(member -> member == null ? VrrpState.INIT : member.state())
                      .distinct()
                      .toList();
              if (states.size() == 1) {
                Notices.ofState("GROUP", group, states.getFirst(), 0).ifPresent(notices::add);
              }
            });
    return notices;
  }
}
