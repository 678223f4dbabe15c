package io.keepstream.contract;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What one process of a node asks another to do. The answer is empty text; a refusal says why.
 *
 * @param kind what is to be done
 * @param fingerprint of the configuration it is about, or none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Order(Kind kind, String fingerprint) {
  /** The kinds of orders. */
  public enum Kind {
    /** Read the configuration, and agree to go over to it if it is good and this very text. */
    PREPARE,
    /** Go over to what was agreed to. */
    COMMIT,
    /** Forget what was agreed to. */
    CANCEL,
    /** Leave politely, when those have left that leave before. */
    LEAVE
  }
}
