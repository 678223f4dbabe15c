package io.keepstream.lvs.plan;

import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.lvs.config.LvsConfig;
import io.keepstream.lvs.will.Duty;
import java.util.Map;

/**
 * Everything a plan is made from.
 *
 * @param verdicts about real servers; one without verdict is as it starts
 * @param instances the states of VRRP instances by name, as far as they are known
 * @param duties what operators want of real servers; of all others, to serve
 */
public record Situation(
    LvsConfig config,
    Map<BackendRef, Verdict> verdicts,
    Map<String, VrrpState> instances,
    Map<BackendRef, Duty> duties) {
  public Situation {
    verdicts = Map.copyOf(verdicts);
    instances = Map.copyOf(instances);
    duties = Map.copyOf(duties);
  }

  /** Where nothing is known of VRRP, and no operator wants anything. */
  public Situation(LvsConfig config, Map<BackendRef, Verdict> verdicts) {
    this(config, verdicts, Map.of(), Map.of());
  }
}
