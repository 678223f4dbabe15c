package io.keepstream.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * What an operator tells a running service to do; the answer is text.
 *
 * <p>A target is a real server, {@code 192.168.10.114:80}, in all virtual servers that have it; the
 * same in one of them, {@code 172.32.10.18:80/192.168.10.114:80}; or a virtual server, for all of
 * its real servers. The names that events use are understood as well. {@link #NODE} is everything.
 *
 * @param owner who says so
 * @param reason why, in one line; null where nobody said
 * @param force whether it is done even where it leaves a virtual server without a server
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Instruction(String owner, String reason, boolean force, Act act) implements Request {
  /** The target that means all real servers of the node, and those that come to it later. */
  public static final String NODE = "node";

  /** What is to be done. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  public sealed interface Act {

    /**
     * Gives real servers no new connections, until told otherwise.
     *
     * @param untilEmpty whether they leave the table when no connection is left
     * @param maxMillis after how long they leave it whatever is left; null for never
     */
    @JsonTypeName("drain")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Drain(String target, boolean untilEmpty, Long maxMillis) implements Act {}

    /** Gives drained real servers connections again. */
    @JsonTypeName("undrain")
    record Undrain(String target) implements Act {}

    /** Gives real servers another weight than the file, 0 to 2147483647. */
    @JsonTypeName("weight")
    record Weight(String target, int weight) implements Act {}

    /** Gives real servers the weight of the file again. */
    @JsonTypeName("file-weight")
    record FileWeight(String target) implements Act {}

    /** Adds a real server that the file does not have, or one that was removed by an order. */
    @JsonTypeName("add")
    record Add(String virtualServer, String server, int weight) implements Act {}

    /** Removes a real server, whether the file has it or an order has added it. */
    @JsonTypeName("remove")
    record Remove(String virtualServer, String server) implements Act {}
  }
}
