package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** What happens to virtual servers. */
public sealed interface VirtualServerEvent extends Event {

  /** The virtual server, as in {@code [172.32.10.18]:tcp:80}. */
  String virtualServer();

  @Override
  default String subject() {
    return "virtual-server/" + virtualServer();
  }

  /**
   * The live real servers' weight reached the quorum.
   *
   * @param quorum the least weight that counts as up
   * @param weight the sum of the weights of the live real servers
   */
  @JsonTypeName("io.keepstream.virtual-server.quorum-gained.v1")
  record QuorumGained(String virtualServer, int quorum, long weight) implements VirtualServerEvent {
    @Override
    public String summary() {
      return "Gained quorum %d (weight %d) for VS %s".formatted(quorum, weight, virtualServer);
    }
  }

  /**
   * The live real servers' weight fell below the quorum.
   *
   * @param quorum the least weight that counts as up
   * @param weight the sum of the weights of the live real servers
   */
  @JsonTypeName("io.keepstream.virtual-server.quorum-lost.v1")
  record QuorumLost(String virtualServer, int quorum, long weight) implements VirtualServerEvent {
    @Override
    public String summary() {
      return "Lost quorum %d (weight %d) for VS %s".formatted(quorum, weight, virtualServer);
    }
  }

  /**
   * The virtual server had quorum and is one no longer.
   *
   * @param reason {@code reload} or {@code shutdown}
   */
  @JsonTypeName("io.keepstream.virtual-server.withdrawn.v1")
  record Withdrawn(String virtualServer, String reason) implements VirtualServerEvent {
    @Override
    public String summary() {
      return "Shutting down VS %s [%s]".formatted(virtualServer, reason);
    }
  }

  /**
   * So many real servers failed at once that their checks are not believed: those that failed last
   * stay in the pool.
   *
   * @param failed how many are failed
   * @param total of how many
   * @param thresholdPercent more than which share is not believed
   * @param kept how many of the failed ones stay in the pool
   */
  @JsonTypeName("io.keepstream.virtual-server.panic-began.v1")
  record PanicBegan(String virtualServer, int failed, int total, int thresholdPercent, int kept)
      implements VirtualServerEvent {
    @Override
    public String summary() {
      return ("PANIC: %d of %d real servers of VS %s are failed, more than %d %%: not believed,"
              + " keeping %d of them in the pool")
          .formatted(failed, total, virtualServer, thresholdPercent, kept);
    }
  }

  /**
   * The checks are believed again.
   *
   * @param failed how many are failed
   * @param total of how many
   * @param heldMillis how long they were not
   */
  @JsonTypeName("io.keepstream.virtual-server.panic-ended.v1")
  record PanicEnded(String virtualServer, int failed, int total, long heldMillis)
      implements VirtualServerEvent {
    @Override
    public String summary() {
      return "Panic over: %d of %d real servers of VS %s are failed, which is believed; after %d ms"
          .formatted(failed, total, virtualServer, heldMillis);
    }
  }

  /** None of its addresses is on this host, so its real servers are not checked any more. */
  @JsonTypeName("io.keepstream.virtual-server.checks-suspended.v1")
  record ChecksSuspended(String virtualServer) implements VirtualServerEvent {
    @Override
    public String summary() {
      return "Suspending healthcheckers for VS %s: none of its addresses is on this host"
          .formatted(virtualServer);
    }
  }

  /**
   * One of its addresses is on this host, so its real servers are checked again.
   *
   * @param address which
   * @param heldMillis how long they were not
   */
  @JsonTypeName("io.keepstream.virtual-server.checks-resumed.v1")
  record ChecksResumed(String virtualServer, String address, long heldMillis)
      implements VirtualServerEvent {
    @Override
    public String summary() {
      return "Activating healthcheckers for VS %s: %s is on this host; suspended for %d ms"
          .formatted(virtualServer, address, heldMillis);
    }
  }
}
