package io.keepstream.contract;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What one process of a node asks another to do. The answer is empty text; a refusal says why.
 *
 * @param kind what is to be done
 * @param fingerprint of the configuration it is about, or none
 * @param readNanos when who orders read that configuration, on the monotonic clock of the machine;
 *     only to {@link Kind#FOLLOW}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Order(Kind kind, String fingerprint, Long readNanos) {
  /** The kinds of orders. */
  public enum Kind {
    /** Read the configuration, and agree to go over to it if it is good and this very text. */
    PREPARE,
    /** Go over to what was agreed to. */
    COMMIT,
    /** Forget what was agreed to. */
    CANCEL,
    /**
     * A reload has put this in force where the order comes from. Who has something else that was
     * read before it reads the configuration again, and goes over to it if it is this very text.
     */
    FOLLOW,
    /** Leave politely, when those have left that leave before. */
    LEAVE
  }

  /** An order that it does not matter for when anything was read. */
  public static Order of(Kind kind, String fingerprint) {
    return new Order(kind, fingerprint, null);
  }
}
