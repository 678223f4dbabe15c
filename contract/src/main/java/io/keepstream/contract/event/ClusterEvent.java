package io.keepstream.contract.event;

import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a node that reads the state of a whole cluster sees there. Advice for people; nothing acts
 * on it.
 */
public sealed interface ClusterEvent extends Event {

  /** The addresses that are claimed more than once, with prefix lengths. */
  List<String> addresses();

  /** Who claims them. */
  List<Claim> claims();

  @Override
  default String subject() {
    return "cluster/" + addresses().getFirst();
  }

  /**
   * An instance that says it is MASTER.
   *
   * @param node the node's name
   * @param vrid its virtual router id
   * @param since when it became MASTER, by its own clock
   */
  record Claim(String node, String instance, int vrid, String networkInterface, Instant since) {
    String text() {
      return "%s (%s, VRID %d on %s, since %s)"
          .formatted(node, instance, vrid, networkInterface, since);
    }
  }

  /** Two nodes or more claim the same addresses, and are heard of; sent once. */
  @JsonTypeName("io.keepstream.cluster.split-brain-suspected.v1")
  record SplitBrainSuspected(List<String> addresses, List<Claim> claims) implements ClusterEvent {
    public SplitBrainSuspected {
      addresses = List.copyOf(addresses);
      claims = List.copyOf(claims);
    }

    @Override
    public String summary() {
      return "Split brain suspected: %s claimed by %s"
          .formatted(
              String.join(", ", addresses),
              claims.stream().map(Claim::text).collect(Collectors.joining(" and ")));
    }
  }

  /**
   * They do not claim them together any more, or one of them is not heard of any more.
   *
   * @param lastedMillis since it was seen first
   */
  @JsonTypeName("io.keepstream.cluster.split-brain-ended.v1")
  record SplitBrainEnded(List<String> addresses, List<Claim> claims, long lastedMillis)
      implements ClusterEvent {
    public SplitBrainEnded {
      addresses = List.copyOf(addresses);
      claims = List.copyOf(claims);
    }

    @Override
    public String summary() {
      return "Split brain over: %s no longer claimed together by %s; after %d ms"
          .formatted(
              String.join(", ", addresses),
              claims.stream().map(Claim::node).collect(Collectors.joining(" and ")),
              lastedMillis);
    }
  }
}
