package io.keepstream.contract.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.BfdDiagnostic;
import io.keepstream.contract.event.BfdState;
import io.keepstream.contract.event.CheckEvidence;
import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpState;
import java.util.List;
import java.util.Map;

/** What a snapshot holds, one form per service. Ages are since the entry last changed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ServiceState {

  /** The state of election-service. */
  @JsonTypeName("election")
  record Election(List<Instance> instances, List<BfdSession> bfdSessions) implements ServiceState {
    public Election {
      instances = List.copyOf(instances);
      bfdSessions = bfdSessions == null ? List.of() : List.copyOf(bfdSessions);
    }
  }

  /**
   * One VRRP instance.
   *
   * @param master the address of the MASTER last heard, or null
   * @param addresses the virtual addresses with prefix lengths
   * @param counters adverts sent, received and refused, by counter name
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Instance(
      VirtualRouterRef router,
      VrrpState state,
      long ageMillis,
      Priority priority,
      TransitionCause cause,
      String master,
      List<String> addresses,
      Map<String, Long> counters) {
    public Instance {
      addresses = List.copyOf(addresses);
      counters = Map.copyOf(counters);
    }
  }

  /**
   * One BFD session.
   *
   * @param remoteState what the neighbour said last; {@code DOWN} before it said anything
   * @param transmitMicros the interval between our packets, before jitter
   * @param detectionMicros the silence that ends the session; 0 before the neighbour was heard
   * @param fault why the session cannot run, or null
   * @param counters packets sent, received and refused, by counter name
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record BfdSession(
      String session,
      String neighbor,
      BfdState state,
      long ageMillis,
      BfdDiagnostic diagnostic,
      BfdState remoteState,
      BfdDiagnostic remoteDiagnostic,
      long transmitMicros,
      long detectionMicros,
      String fault,
      Map<String, Long> counters) {
    public BfdSession {
      counters = Map.copyOf(counters);
    }
  }

  /** The state of health-service. */
  @JsonTypeName("health")
  record Health(List<Backend> backends, List<Tracker> trackers, List<Check> checks)
      implements ServiceState {
    public Health {
      backends = List.copyOf(backends);
      trackers = List.copyOf(trackers);
      checks = checks == null ? List.of() : List.copyOf(checks);
    }

    /** Without what the single checks found. */
    public Health(List<Backend> backends, List<Tracker> trackers) {
      this(backends, trackers, List.of());
    }
  }

  /**
   * One check of real servers.
   *
   * @param check the checker's keyword and target
   * @param known false until its first result
   * @param shadow whether nothing acts on it
   * @param realServers how many real servers it decides about
   * @param suspendedMillis for how long it has not been made; null while it is
   * @param lastMillis since its last result; null before
   * @param last what its last attempt found; null before
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Check(
      String check,
      boolean known,
      boolean good,
      boolean shadow,
      int realServers,
      long ageMillis,
      Long suspendedMillis,
      Long lastMillis,
      CheckEvidence last) {}

  /**
   * One real server's verdict.
   *
   * @param evidence what decided; null before the first deciding check
   * @param weightAdjustment what its checks change the configured weight by
   * @param suspendedMillis for how long its checks have not been made; null while they are
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Backend(
      BackendRef backend,
      boolean up,
      long ageMillis,
      CheckEvidence evidence,
      int weightAdjustment,
      Long suspendedMillis) {}

  /**
   * One tracker's verdict.
   *
   * @param known false until its first result
   * @param value the number in a tracked file; null for other kinds
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Tracker(
      TrackerRef tracker,
      boolean known,
      boolean up,
      Integer value,
      long ageMillis,
      String detail) {}

  /**
   * The state of lvs-service.
   *
   * @param dataplane {@code ipvs}, or {@code none} where the kernel has none
   */
  @JsonTypeName("lvs")
  record Lvs(String dataplane, List<VirtualServer> virtualServers) implements ServiceState {
    public Lvs {
      virtualServers = List.copyOf(virtualServers);
    }
  }

  /** One virtual server with what is in the table for it. */
  record VirtualServer(
      String virtualServer, boolean quorum, long ageMillis, List<Destination> destinations) {
    public VirtualServer {
      destinations = List.copyOf(destinations);
    }
  }

  /** One destination in the table. */
  record Destination(String realServer, int weight, String forwarding) {}

  /** The state of notifier-service. */
  @JsonTypeName("notifier")
  record Notifier(List<Sink> sinks) implements ServiceState {
    public Notifier {
      sinks = List.copyOf(sinks);
    }
  }

  /**
   * One sink.
   *
   * @param healthy whether its last delivery worked
   * @param ageMillis since {@code healthy} last changed
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Sink(
      String sink, boolean healthy, long ageMillis, long delivered, long queued, String detail) {}
}
