package io.keepstream.node.run;

import io.keepstream.config.Section;
import io.keepstream.contract.Service;
import io.keepstream.linux.process.ProcessScheduling;
import java.util.Set;

/**
 * How the kernel is to treat each service's process. Who shares a process shares the highest.
 *
 * @param election what the words for VRRP and BFD say, which are one service here
 * @param checkers what the words for the checker process say, for the services that balance
 */
public record Scheduling(ProcessScheduling election, ProcessScheduling checkers) {
  private static final Set<Service> BALANCING = Set.of(Service.HEALTH, Service.LVS);

  /** Reads the words of {@code global_defs}. */
  static Scheduling read(Section root) {
    return new Scheduling(read(root, "vrrp").with(read(root, "bfd")), read(root, "checker"));
  }

  private static ProcessScheduling read(Section root, String process) {
    ProcessScheduling read = ProcessScheduling.USUAL;
    for (Section global : root.blocks("global_defs")) {
      int priority = global.integer(process + "_rt_priority").orElse(0);
      read = read.with(new ProcessScheduling(priority, global.has(process + "_no_swap")));
    }
    return read;
  }

  /** What holds for a process with these services. */
  ProcessScheduling of(Set<Service> services) {
    ProcessScheduling usual = ProcessScheduling.USUAL;
    return (services.contains(Service.ELECTION) ? election : usual)
        .with(services.stream().anyMatch(BALANCING::contains) ? checkers : usual);
  }
}
