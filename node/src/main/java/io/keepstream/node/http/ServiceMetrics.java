package io.keepstream.node.http;

import io.keepstream.contract.event.BfdState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.node.report.NodeReport;
import io.keepstream.node.report.ServiceReport;
import io.prometheus.metrics.model.snapshots.Labels;

/** The metrics that are made of snapshots and that keepalived's exporter does not have. */
final class ServiceMetrics {
  private static final double MILLIS_PER_SECOND = 1000;

  private final Families families;

  private ServiceMetrics(Families families) {
    this.families = families;
  }

  /** Adds what the services of this process say; nothing of those that do not answer. */
  static void add(NodeReport own, Families families) {
    ServiceMetrics metrics = new ServiceMetrics(families);
    own.services().forEach(metrics::service);
    own.fresh(ServiceState.Election.class).forEach(metrics::election);
    own.fresh(ServiceState.Health.class).forEach(metrics::health);
    own.fresh(ServiceState.Lvs.class).forEach(metrics::lvs);
    own.fresh(ServiceState.Notifier.class).forEach(metrics::notifier);
  }

  private void service(ServiceReport report) {
    Labels service = Labels.of("service", report.service().label());
    flag("service_up", "Whether the service answers", service, report.answered());
    if (report.ageMillis() != null) {
      seconds("snapshot_age", "Since the service's last snapshot", service, report.ageMillis());
    }
  }

  private void election(ServiceState.Election election) {
    election.instances().forEach(this::instance);
    election
        .bfdSessions()
        .forEach(
            bfd ->
                flag(
                    "bfd_up",
                    "Whether the BFD session is up",
                    Labels.of("session", bfd.session(), "neighbor", bfd.neighbor()),
                    bfd.state() == BfdState.UP));
  }

  private void instance(ServiceState.Instance instance) {
    Labels router = KeepalivedMetrics.labels(instance.router());
    seconds("vrrp_state_age", "Since the state changed", router, instance.ageMillis());
    gauge("vrrp_priority", "The effective priority", router, instance.priority().effective());
    instance
        .counters()
        .forEach(
            (name, count) -> {
              if (!KeepalivedMetrics.COUNTERS.contains(name)) {
                counter(
                    "vrrp_packets",
                    "Packets by what became of them",
                    router.add("counter", name),
                    count);
              }
            });
  }

  private void health(ServiceState.Health health) {
    for (ServiceState.Backend each : health.backends()) {
      Labels backend =
          Labels.of(
              "virtual_server", each.backend().virtualServer(),
              "real_server", each.backend().realServer());
      flag("backend_up", "Whether the real server is up", backend, each.up());
      seconds("backend_age", "Since the real server's verdict changed", backend, each.ageMillis());
    }
    for (ServiceState.Tracker each : health.trackers()) {
      Labels tracker =
          Labels.of("kind", each.tracker().kind().label(), "name", each.tracker().name());
      flag("tracker_up", "Whether the tracker is good", tracker, each.up());
    }
  }

  private void lvs(ServiceState.Lvs lvs) {
    for (ServiceState.VirtualServer each : lvs.virtualServers()) {
      Labels server = Labels.of("virtual_server", each.virtualServer());
      flag("virtual_server_quorum", "Whether it has its quorum", server, each.quorum());
      gauge(
          "virtual_server_destinations",
          "Real servers that get new connections",
          server,
          (double) inService(each));
    }
  }

  private static long inService(ServiceState.VirtualServer server) {
    return server.destinations().stream().filter(each -> each.weight() > 0).count();
  }

  private void notifier(ServiceState.Notifier notifier) {
    for (ServiceState.Sink each : notifier.sinks()) {
      Labels sink = Labels.of("sink", each.sink());
      flag("sink_healthy", "Whether its last delivery worked", sink, each.healthy());
      gauge("sink_queued", "Events that wait", sink, (double) each.queued());
      seconds("sink_oldest", "Age of the oldest event that waits", sink, each.oldestMillis());
      counter("sink_delivered", "Events delivered since the start", sink, each.delivered());
      counter("sink_failures", "Attempts that failed since the start", sink, each.failures());
      gauge("sink_dead_letters", "Events given up and kept", sink, (double) each.deadLetters());
    }
  }

  private void flag(String name, String meaning, Labels labels, boolean value) {
    gauge(name, meaning, labels, value ? 1 : 0);
  }

  private void seconds(String name, String meaning, Labels labels, long millis) {
    gauge(name + "_seconds", meaning, labels, millis / MILLIS_PER_SECOND);
  }

  private void gauge(String name, String meaning, Labels labels, double value) {
    families.gauge("keepstream_" + name, meaning, labels, value);
  }

  private void counter(String name, String meaning, Labels labels, long value) {
    families.counter("keepstream_" + name, meaning, labels, value);
  }
}
