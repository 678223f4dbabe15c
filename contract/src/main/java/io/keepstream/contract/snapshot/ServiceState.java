package io.keepstream.contract.snapshot;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keepstream.contract.Service;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.BfdDiagnostic;
import io.keepstream.contract.event.BfdState;
import io.keepstream.contract.event.CheckEvidence;
import io.keepstream.contract.event.OpenConnections;
import io.keepstream.contract.event.OverrideKind;
import io.keepstream.contract.event.Priority;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.contract.event.TransitionCause;
import io.keepstream.contract.event.VirtualRouterRef;
import io.keepstream.contract.event.VrrpState;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a snapshot holds, one form per service. Ages are since the entry last changed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(NON_NULL)
public sealed interface ServiceState {
  /** So few entries are not worth leaving out. */
  int MANY = 200;

  /** What of more than {@link #MANY} entries a process with these services works with. */
  default ServiceState fit(Set<Service> readers) {
    return this;
  }

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
   * @param master the address of the MASTER last heard, or none
   * @param addresses the virtual addresses with prefix lengths
   * @param counters adverts sent, received and refused, by counter name
   */
  record Instance(
      VirtualRouterRef router,
      VrrpState state,
      long ageMillis,
      Priority priority,
      TransitionCause cause,
      @JsonInclude(NON_NULL) String master,
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
   * @param session the name of the {@code bfd_instance} block
   * @param remoteState what the neighbour said last; {@code DOWN} before it said anything
   * @param transmitMicros the interval between our packets, before jitter
   * @param detectionMicros the silence that ends the session; 0 before the neighbour was heard
   * @param fault why the session cannot run, or none
   * @param counters packets sent, received and refused, by counter name
   */
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
      @JsonInclude(NON_NULL) String fault,
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

    @Override
    public ServiceState fit(Set<Service> readers) {
      if (backends.size() + checks.size() <= MANY) {
        return this;
      }
      boolean onlyElects = readers.equals(Set.of(Service.ELECTION));
      return new Health(onlyElects ? List.of() : backends, trackers);
    }
  }

  /**
   * One check of real servers.
   *
   * @param check the checker's keyword and target
   * @param known false until its first result
   * @param good its verdict
   * @param shadow whether nothing acts on it
   * @param realServers how many real servers it decides about
   * @param suspendedMillis for how long it has not been made; none while it is
   * @param lastMillis since its last result; none before
   * @param last what its last attempt found; none before
   */
  record Check(
      String check,
      boolean known,
      boolean good,
      boolean shadow,
      int realServers,
      long ageMillis,
      @JsonInclude(NON_NULL) Long suspendedMillis,
      @JsonInclude(NON_NULL) Long lastMillis,
      @JsonInclude(NON_NULL) CheckEvidence last) {}

  /**
   * One real server's verdict.
   *
   * @param up its verdict
   * @param evidence what decided, or of a server that is down the latest failure; none before the
   *     first deciding check
   * @param weightAdjustment what its checks change the configured weight by
   * @param suspendedMillis for how long its checks have not been made; none while they are
   */
  record Backend(
      BackendRef backend,
      boolean up,
      long ageMillis,
      @JsonInclude(NON_NULL) CheckEvidence evidence,
      int weightAdjustment,
      @JsonInclude(NON_NULL) Long suspendedMillis) {}

  /**
   * One tracker's verdict.
   *
   * @param known false until its first result
   * @param up its verdict
   * @param value the number in a tracked file; none for other kinds
   */
  record Tracker(
      TrackerRef tracker,
      boolean known,
      boolean up,
      @JsonInclude(NON_NULL) Integer value,
      long ageMillis,
      @JsonInclude(NON_NULL) String detail) {}

  /**
   * The state of lvs-service.
   *
   * @param dataplane {@code ipvs} or {@code nftables}; {@code none} where the kernel has neither
   * @param syncDaemons those that run
   * @param readMillis since connections and traffic were read; none before
   * @param overrides what operators have set beside the configuration
   * @param nodeDrain how far the whole node is drained, where it is
   */
  @JsonTypeName("lvs")
  record Lvs(
      String dataplane,
      List<VirtualServer> virtualServers,
      List<SyncDaemon> syncDaemons,
      @JsonInclude(NON_NULL) Long readMillis,
      List<ServerOverride> overrides,
      @JsonInclude(NON_NULL) NodeDrain nodeDrain)
      implements ServiceState {
    public Lvs {
      virtualServers = List.copyOf(virtualServers);
      syncDaemons = syncDaemons == null ? List.of() : List.copyOf(syncDaemons);
      overrides = overrides == null ? List.of() : List.copyOf(overrides);
    }

    @Override
    public ServiceState fit(Set<Service> readers) {
      int entries = virtualServers.stream().mapToInt(each -> 1 + each.destinations().size()).sum();
      return entries <= MANY || readers.contains(Service.NOTIFIER) || readers.contains(Service.LVS)
          ? this
          : new Lvs(dataplane, List.of(), syncDaemons, readMillis, overrides, nodeDrain);
    }

    /** Without overrides. */
    public Lvs(
        String dataplane,
        List<VirtualServer> virtualServers,
        List<SyncDaemon> syncDaemons,
        Long readMillis) {
      this(dataplane, virtualServers, syncDaemons, readMillis, List.of(), null);
    }
  }

  /**
   * What an operator has set for a real server; it lasts over restarts.
   *
   * @param owner who ordered it
   * @param reason why, in the owner's words; none where nobody said
   * @param weight its weight, where it was set or added
   * @param fileWeight the weight in the configuration then, where it was set
   * @param drain how far it is drained, where it is
   */
  record ServerOverride(
      BackendRef backend,
      OverrideKind kind,
      String owner,
      @JsonInclude(NON_NULL) String reason,
      long ageMillis,
      @JsonInclude(NON_NULL) Integer weight,
      @JsonInclude(NON_NULL) Integer fileWeight,
      @JsonInclude(NON_NULL) Drain drain) {}

  /**
   * How far a real server is drained.
   *
   * @param out whether it has left the table
   * @param untilEmpty whether it leaves the table when no connection is left
   * @param endsInMillis in how long it leaves the table whatever is left; none for never
   * @param open its connections when the table was read last, or when it left
   * @param ofNode whether it is drained because the whole node is
   */
  record Drain(
      boolean out,
      boolean untilEmpty,
      @JsonInclude(NON_NULL) Long endsInMillis,
      OpenConnections open,
      boolean ofNode) {}

  /**
   * How far all real servers of the node are drained; it lasts over restarts.
   *
   * @param owner who ordered it
   * @param reason why, in the owner's words; none where nobody said
   * @param untilEmpty whether each leaves the table when no connection is left
   * @param endsInMillis in how long all leave it whatever is left; none for never
   * @param left real servers that have not left the table
   * @param open their connections
   */
  record NodeDrain(
      String owner,
      @JsonInclude(NON_NULL) String reason,
      long ageMillis,
      boolean untilEmpty,
      @JsonInclude(NON_NULL) Long endsInMillis,
      int left,
      OpenConnections open) {}

  /**
   * One virtual server with what is in the table for it.
   *
   * @param virtualServer as in {@code [172.32.10.18]:tcp:80}
   * @param quorum whether it has its quorum
   * @param traffic of all its services; none before it was read
   */
  record VirtualServer(
      String virtualServer,
      boolean quorum,
      long ageMillis,
      List<Destination> destinations,
      @JsonInclude(NON_NULL) Traffic traffic) {
    public VirtualServer {
      destinations = List.copyOf(destinations);
    }
  }

  /**
   * One destination in the table.
   *
   * @param realServer as in {@code [192.168.10.114]:tcp:80}
   * @param weight its weight; 0 gets no new connections
   * @param forwarding as in {@code NAT}
   * @param connections in all services of its virtual server; none before they were read
   * @param traffic in all services of its virtual server; none before it was read
   */
  record Destination(
      String realServer,
      int weight,
      String forwarding,
      @JsonInclude(NON_NULL) Connections connections,
      @JsonInclude(NON_NULL) Traffic traffic) {}

  /**
   * The connections of a destination at the moment.
   *
   * @param active established, or counted so by the protocol
   * @param inactive all others
   * @param persistent templates that keep clients with it
   */
  record Connections(long active, long inactive, long persistent) {}

  /**
   * What passes through.
   *
   * @param total since it is in the table
   * @param perSecond as the kernel estimates it
   */
  record Traffic(Counters total, Counters perSecond) {}

  /**
   * Numbers of connections, packets and bytes.
   *
   * @param connections new connections
   * @param packetsIn packets from clients
   * @param packetsOut packets to clients, where they pass here
   * @param bytesIn bytes from clients
   * @param bytesOut bytes to clients, where they pass here
   */
  record Counters(long connections, long packetsIn, long packetsOut, long bytesIn, long bytesOut) {}

  /**
   * A sync daemon of the kernel.
   *
   * @param role {@code master} or {@code backup}
   * @param syncId what daemons that belong together share
   * @param detail the interface and all its settings
   */
  record SyncDaemon(String role, String networkInterface, int syncId, String detail) {}

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
   * @param sink as in {@code webhook ops}
   * @param healthy whether its last delivery worked
   * @param ageMillis since {@code healthy} last changed
   * @param delivered events since start
   * @param queued events of the journal that it is not done with
   * @param oldestMillis since the oldest of those occurred that it is about to get; 0 if none
   * @param failures attempts that failed since start
   * @param deadLetters events that it would not take, and that are kept
   * @param detail why it is not healthy, in words
   */
  record Sink(
      String sink,
      boolean healthy,
      long ageMillis,
      long delivered,
      long queued,
      long oldestMillis,
      long failures,
      long deadLetters,
      @JsonInclude(NON_NULL) String detail) {}
}
