package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.election.link.UpDownDelays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A MASTER that believes for too long in an interface that is down is replaced meanwhile, and after
 * the interface's return there are two.
 */
final class DelayCheck {
  private static final int SKEW_STEPS = 256;

  private DelayCheck() {}

  static void check(
      Section root,
      List<InstanceConfig> instances,
      Map<String, UpDownDelays> delays,
      Consumer<Diagnostic> problems) {
    for (Statement line : root.lines("interface_up_down_delays")) {
      String name = line.keyword().text();
      UpDownDelays delay = delays.get(name);
      instances.stream()
          .filter(instance -> instance.router().networkInterface().equals(name))
          .filter(instance -> delay.downNanos() >= limitNanos(instance))
          .findFirst()
          .ifPresent(
              instance ->
                  problems.accept(
                      Diagnostic.warning(
                          line.position(),
                          "while %s is down for %s s unnoticed, another node takes over from %s"
                              .formatted(name, line.argument(0), instance.router().instance()))));
    }
  }

  private static long limitNanos(InstanceConfig instance) {
    long intervalNanos = instance.machine().advertIntervalNanos();
    return (instance.machine().downTimerAdverts() - 1) * intervalNanos - intervalNanos / SKEW_STEPS;
  }
}
