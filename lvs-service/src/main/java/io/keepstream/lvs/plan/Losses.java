package io.keepstream.lvs.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What virtual servers lose on the way from one plan to another. */
public final class Losses {
  private Losses() {}

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
