package io.keepstream.node.report;

import io.keepstream.contract.Service;
import io.keepstream.contract.snapshot.ServiceState;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the services of a node say of themselves.
 *
 * @param services all four, also those from which nothing was ever heard
 */
public record NodeReport(List<ServiceReport> services) {
  public NodeReport {
    services = List.copyOf(services);
  }

  /** Only what runs in this process. */
  public NodeReport own() {
    return new NodeReport(services.stream().filter(ServiceReport::own).toList());
  }

  /** What this service says; it must be one of those asked. */
  public ServiceReport of(Service service) {
    return services.stream().filter(each -> each.service() == service).findFirst().orElseThrow();
  }

  /** The states of this form that are no older than this report. */
  public <T extends ServiceState> Stream<T> fresh(Class<T> form) {
    return services.stream()
        .filter(ServiceReport::answered)
        .map(each -> each.snapshot().state())
        .filter(form::isInstance)
        .map(form::cast);
  }
}
