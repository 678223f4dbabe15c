package io.keepstream.contract.event;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * What becomes of a node of which an operator drains all real servers at once. Each of them is told
 * of as well, as in {@link OperatorEvent}.
 */
public sealed interface NodeDrainEvent extends LvsEvent {

  @Override
  default String subject() {
    return "lvs/node";
  }

  /**
   * No real server of this node is to get new connections; those they have go on.
   *
   * @param owner who ordered it
   * @param reason why, in the owner's words
   * @param untilEmpty whether each leaves the table when no connection is left
   * @param maxMillis after how long all leave the table whatever is left; never without
   * @param realServers how many there are
   * @param open what they have, as far as it is known
   */
  @JsonTypeName("io.keepstream.lvs.node-drain-started.v1")
  record NodeDrainStarted(
      String owner,
      @JsonInclude(NON_NULL) String reason,
      boolean untilEmpty,
      @JsonInclude(NON_NULL) Long maxMillis,
      int realServers,
      OpenConnections open)
      implements NodeDrainEvent {
    @Override
    public String summary() {
      return "Draining this node, %d real server(s) [by %s%s; %s; %s]"
          .formatted(
              realServers,
              owner,
              OrderText.because(reason),
              open.text(),
              OrderText.end(untilEmpty, maxMillis));
    }
  }

  /**
   * Of the connections of the node at most half are left since this was told last, or none.
   *
   * @param open what its drained real servers have that have not left the table
   * @param left how many of these there are
   * @param heldMillis how long the node has been drained
   */
  @JsonTypeName("io.keepstream.lvs.node-drain-progress.v1")
  record NodeDrainProgress(OpenConnections open, int left, long heldMillis)
      implements NodeDrainEvent {
    @Override
    public String summary() {
      return "Draining this node: %s at %d real server(s) are left after %d ms"
          .formatted(open.text(), left, heldMillis);
    }
  }

  /**
   * The last real server of the node has left the table.
   *
   * @param cut the connections that all of them still had when they left
   * @param heldMillis how long the node was drained
   */
  @JsonTypeName("io.keepstream.lvs.node-drain-ended.v1")
  record NodeDrainEnded(OpenConnections cut, long heldMillis) implements NodeDrainEvent {
    @Override
    public String summary() {
      return "Drained this node [after %d ms; %s cut]".formatted(heldMillis, cut.text());
    }
  }

  /**
   * The node is not drained any more.
   *
   * @param cause who ordered it
   * @param heldMillis how long it was drained
   */
  @JsonTypeName("io.keepstream.lvs.node-undrained.v1")
  record NodeUndrained(String cause, long heldMillis) implements NodeDrainEvent {
    @Override
    public String summary() {
      return "No longer draining this node [%s; after %d ms]".formatted(cause, heldMillis);
    }
  }
}
