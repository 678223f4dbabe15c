package io.keepstream.node.report;

import java.util.List;

/**
 * How a node stands, for machines.
 *
 * @param problems what is wrong, each in words; empty when all is well
 * @param services what each service says of itself
 */
public record Status(List<String> problems, List<ServiceReport> services) {
  public Status {
    problems = List.copyOf(problems);
    services = List.copyOf(services);
  }

  /** What {@code report} means. */
  public static Status of(NodeReport report) {
    return new Status(Problems.of(report), report.services());
  }
}
