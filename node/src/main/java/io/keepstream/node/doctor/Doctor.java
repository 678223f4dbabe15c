package io.keepstream.node.doctor;

import java.util.List;
import java.util.stream.Stream;

/** Says of each thing that a configuration needs whether the machine has it. */
public final class Doctor {
  private Doctor() {}

  /** All findings, also the good ones. */
  public static List<Finding> examine(Needs needs, Facts facts) {
    return Stream.of(
            HostRules.examine(needs, facts),
            LinkRules.examine(needs, facts),
            WireRules.examine(needs, facts),
            BalancingRules.examine(needs, facts))
        .flatMap(List::stream)
        .toList();
  }
}
