package io.keepstream.node.report;

import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.contract.event.OverrideKind;
import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.TransitionCause.Reason;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What services could say, for tests of what is made of it. */
public final class Reports {
  private Reports() {}

  /** A service of this process that answers. */
  public static ServiceReport fresh(Service service, ServiceState state) {
    return new ServiceReport(service, true, true, 0L, null, snapshot(service, state));
  }

  /** The same service, which answered last 7 seconds ago. */
  public static ServiceReport silent(Service service, ServiceState state) {
    return new ServiceReport(service, true, false, 7_000L, null, snapshot(service, state));
  }

  /** A service from which nothing was ever heard. */
  public static ServiceReport absent(Service service) {
    return new ServiceReport(service, false, false, null, null, null);
  }

  /** A service whose process came or went 9 seconds ago, and that never said anything. */
  public static ServiceReport missing(Service service) {
    return new ServiceReport(service, false, false, null, 9_000L, null);
  }

  private static Snapshot snapshot(Service service, ServiceState state) {
    return new Snapshot(new Source("node1", service, "boot"), 3, Instant.EPOCH, state);
  }

  /** An election with one instance. */
  public static ServiceState.Election election(VrrpState state, TransitionCause cause) {
    return new ServiceState.Election(
        List.of(
            new ServiceState.Instance(
                new VirtualRouterRef("VI_1", 51, "inet", "eth0"),
                state,
                12_000,
                Priority.of(200),
                cause,
                null,
                List.of("10.0.0.100/24", "10.0.0.101/32"),
                Map.of("adverSent", 12L, "checksumErrors", 2L))),
        List.of());
  }

  /** An election that is MASTER. */
  public static ServiceState.Election master() {
    return election(VrrpState.MASTER, TransitionCause.of(Reason.MASTER_SILENT));
  }

  /** One real server and one script. */
  public static ServiceState.Health health(boolean up) {
    return new ServiceState.Health(
        List.of(
            new ServiceState.Backend(
                new BackendRef("[10.0.0.100]:tcp:80", "[10.0.1.1]:tcp:80"),
                up,
                90_000,
                null,
                0,
                null)),
        List.of(
            new ServiceState.Tracker(
                new TrackerRef(TrackerRef.Kind.SCRIPT, "chk"), true, up, null, 90_000, null)));
  }

  /** One virtual server with one destination. */
  public static ServiceState.Lvs lvs(boolean quorum) {
    return new ServiceState.Lvs(
        "ipvs",
        List.of(
            new ServiceState.VirtualServer(
                "[10.0.0.100]:tcp:80",
                quorum,
                61_000,
                List.of(new ServiceState.Destination("[10.0.1.1]:tcp:80", 1, "NAT", null, null)),
                null)),
        List.of(),
        null);
  }

  /** The same, drained as a whole and with a real server that an operator has added. */
  public static NodeReport overridden() {
    BackendRef first = new BackendRef("[10.0.0.100]:tcp:80", "[10.0.1.1]:tcp:80");
    BackendRef added = new BackendRef("[10.0.0.100]:tcp:80", "[10.0.1.7]:tcp:80");
    OpenConnections three = new OpenConnections(3, 0, 0);
    ServiceState.Lvs lvs = lvs(false);
    return new NodeReport(
        List.of(
            fresh(Service.ELECTION, master()),
            fresh(Service.HEALTH, health(true)),
            fresh(
                Service.LVS,
                new ServiceState.Lvs(
                    lvs.dataplane(),
                    lvs.virtualServers(),
                    lvs.syncDaemons(),
                    null,
                    List.of(
                        new ServiceState.ServerOverride(
                            first,
                            OverrideKind.DRAIN,
                            "eve",
                            "new kernel",
                            2_000,
                            null,
                            null,
                            new ServiceState.Drain(false, true, null, three, true)),
                        new ServiceState.ServerOverride(
                            added, OverrideKind.ADDED, "root", null, 9_000, 2, null, null)),
                    new ServiceState.NodeDrain("eve", "new kernel", 2_000, true, null, 1, three))),
            fresh(Service.NOTIFIER, notifier(true))));
  }

  /** One webhook. */
  public static ServiceState.Notifier notifier(boolean healthy) {
    return new ServiceState.Notifier(
        List.of(
            new ServiceState.Sink(
                "webhook ops",
                healthy,
                5_000,
                40,
                healthy ? 0 : 3,
                healthy ? 0 : 65_000,
                healthy ? 0 : 6,
                healthy ? 0 : 1,
                healthy ? null : "HTTP 500")));
  }

  /** A node on which all is well. */
  public static NodeReport well() {
    return new NodeReport(
        List.of(
            fresh(Service.ELECTION, master()),
            fresh(Service.HEALTH, health(true)),
            fresh(Service.LVS, lvs(true)),
            fresh(Service.NOTIFIER, notifier(true))));
  }

  /** A node on which nothing is. */
  public static NodeReport ill() {
    return new NodeReport(
        List.of(
            silent(Service.ELECTION, master()),
            fresh(Service.HEALTH, health(false)),
            fresh(Service.LVS, lvs(false)),
            fresh(Service.NOTIFIER, notifier(false))));
  }
}
