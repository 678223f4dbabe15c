package io.keepstream.lvs.plan;

import io.keepstream.contract.Instruction;
import io.keepstream.contract.event.VrrpState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What virtual servers lose on the way from one plan to another. */
public final class Losses {
  private Losses() {}

  /**
   * Why an order is not to be obeyed that has these losses; empty if it may be. A whole node may be
   * drained where others have its addresses, so that no client comes to it.
   *
   * @param instances the states of VRRP instances by name, as far as they are known
   */
  public static Optional<String> refusal(
      Instruction order, List<String> losses, Map<String, VrrpState> instances) {
    if (losses.isEmpty() || order.force()) {
      return Optional.empty();
    }
    if (!(order.act() instanceof Instruction.Act.Drain(var target, var _, var _))
        || !target.equals(Instruction.NODE)) {
      return Optional.of("it would leave " + String.join(", ", losses));
    }
    List<String> here =
        instances.keySet().stream()
            .filter(each -> instances.get(each) == VrrpState.MASTER)
            .sorted()
            .toList();
    if (!instances.isEmpty() && here.isEmpty()) {
      return Optional.empty();
    }
    String clients =
        here.isEmpty()
            ? "clients may come here"
            : "this node is MASTER of " + String.join(", ", here);
    return Optional.of(
        "%s, and it would leave %d virtual server(s) without a real server for new connections"
            .formatted(clients, losses.size()));
  }

  /** In words, one text for each virtual server that loses its servers, or else its quorum. */
  public static List<String> of(Plan before, Plan after) {
    List<String> losses = new ArrayList<>();
    for (Map.Entry<?, Share> each : after.shares().entrySet()) {
      Share now = each.getValue();
      Share then = before.shares().get(now.server().id());
      if (then == null) {
        continue;
      }
      if (then.live() > 0 && now.live() == 0) {
        losses.add(now.server().name() + " without a real server for new connections");
      } else if (then.holds() && !now.holds()) {
        losses.add(now.server().name() + " without its quorum");
      }
    }
    return losses;
  }
}
