package io.keepstream.node.http;

import io.keepstream.contract.Service;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.ServiceState.Instance;
import io.keepstream.node.report.NodeReport;
import io.keepstream.node.report.ServiceReport;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The metrics of the widely used keepalived exporter, with its names and labels, so that its
 * dashboards and alerts go on working.
 */
final class KeepalivedMetrics {
  /**
   * One of the exporter's counters.
   *
   * @param counter ours, as in snapshots
   * @param name without {@code keepalived_} and {@code _total}
   */
  private record Count(String counter, String name, String meaning) {}

  private static final List<Count> COUNTS =
      List.of(
          new Count("adverRcvd", "advertisements_received", "Advertisements received"),
          new Count("adverSent", "advertisements_sent", "Advertisements sent"),
          new Count("becomeMaster", "become_master", "Times it became MASTER"),
          new Count("releaseMaster", "release_master", "Times it was MASTER no longer"),
          new Count("packetLengthErrors", "packet_length_errors", "Packets of a wrong length"),
          new Count(
              "advertIntervalErrors",
              "advertisements_interval_errors",
              "Advertisements with another interval"),
          new Count("ipTtlErrors", "ip_ttl_errors", "Packets with a wrong TTL"),
          new Count("invalidTypeErrors", "invalid_type_received", "Packets of an unknown type"),
          new Count(
              "addressListErrors", "address_list_errors", "Advertisements of other addresses"),
          new Count("invalidAuthType", "authentication_invalid", "Unknown authentication types"),
          new Count("authTypeMismatch", "authentication_mismatch", "Other authentication types"),
          new Count("authFailure", "authentication_failure", "Failed authentications"),
          new Count("priorityZeroRcvd", "priority_zero_received", "Priority 0 received"),
          new Count("priorityZeroSent", "priority_zero_sent", "Priority 0 sent"));

  /** Our counters that have a metric here. */
  static final Set<String> COUNTERS =
      COUNTS.stream().map(Count::counter).collect(Collectors.toUnmodifiableSet());

  private KeepalivedMetrics() {}

  /** Adds what the services of this process say; nothing of those that do not answer. */
  static void add(NodeReport own, Families families) {
    own.services().stream()
        .filter(each -> each.service() == Service.ELECTION)
        .map(ServiceReport::answered)
        .forEach(
            up ->
                families.gauge(
                    "keepalived_up", "Whether the election answers", Labels.EMPTY, up ? 1 : 0));
    own.fresh(ServiceState.Election.class)
        .flatMap(election -> election.instances().stream())
        .forEach(instance -> instance(instance, families));
    own.fresh(ServiceState.Health.class)
        .flatMap(health -> health.trackers().stream())
        .filter(tracker -> tracker.known() && tracker.tracker().kind() == TrackerRef.Kind.SCRIPT)
        .forEach(script -> script(script, families));
  }

  private static void instance(Instance instance, Families families) {
    Labels router = labels(instance.router());
    for (Count count : COUNTS) {
      families.counter(
          "keepalived_" + count.name(),
          count.meaning(),
          router,
          instance.counters().getOrDefault(count.counter(), 0L));
    }
    List<String> addresses = instance.addresses().isEmpty() ? List.of("") : instance.addresses();
    addresses.forEach(
        address ->
            families.gauge(
                "keepalived_vrrp_state",
                "0 INIT, 1 BACKUP, 2 MASTER, 3 FAULT",
                router.add("ip_address", plain(address)),
                number(instance.state())));
  }

  private static void script(ServiceState.Tracker script, Families families) {
    families.gauge(
        "keepalived_script_status",
        "Whether the script is good",
        Labels.of("name", script.tracker().name()),
        script.up() ? 1 : 0);
  }

  /** The labels of all that is about one virtual router. */
  static Labels labels(VirtualRouterRef router) {
    return Labels.of(
        "iname", router.instance(),
        "intf", router.networkInterface(),
        "vrid", String.valueOf(router.vrid()));
  }

  /** keepalived writes no prefix length behind a whole address. */
  private static String plain(String address) {
    return address.replaceFirst(address.contains(":") ? "/128$" : "/32$", "");
  }

  private static int number(VrrpState state) {
    return switch (state) {
      case INIT, STOP, DELETED -> 0;
      case BACKUP -> 1;
      case MASTER -> 2;
      case FAULT -> 3;
    };
  }
}
