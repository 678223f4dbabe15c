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

  /** The live real servers' weight reached the quorum. */
  @JsonTypeName("io.keepstream.virtual-server.quorum-gained.v1")
  record QuorumGained(String virtualServer, int quorum, long weight) implements VirtualServerEvent {
    @Override
    public String summary() {
      return "Gained quorum %d (weight %d) for VS %s".formatted(quorum, weight, virtualServer);
    }
  }

  /** The live real servers' weight fell below the quorum. */
  @JsonTypeName("io.keepstream.virtual-server.quorum-lost.v1")
  record QuorumLost(String virtualServer, int quorum, long weight) implements VirtualServerEvent {
    @Override
    public String summary() {
      return "Lost quorum %d (weight %d) for VS %s".formatted(quorum, weight, virtualServer);
    }
  }
}
