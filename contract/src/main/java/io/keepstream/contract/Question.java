package io.keepstream.contract;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What somebody wants to know or have of a running node; the answer is text.
 *
 * @param what the kind of question
 * @param argument an instance's or a sync group's name for {@link What#EXPLAIN}, 1 or 2 for {@link
 *     What#JSON}, else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Question(What what, String argument) implements Request {
  /** The kinds of questions. */
  public enum What {
    /** Why an instance is what it is, or how a sync group stands, for people. */
    EXPLAIN,
    /** The same as JSON. */
    EXPLAIN_JSON,
    /** All instances, one line each. */
    STATUS,
    /** Explanations of all instances as JSON. */
    STATUS_JSON,
    /** keepalived.data, as keepalived writes it. */
    DATA,
    /** keepalived.stats, as keepalived writes it. */
    STATS,
    /** The same; later statistics count from here. */
    STATS_CLEAR,
    /** keepalived.json, in the version asked for; empty without instances. */
    JSON,
    /** Asks the whole node to go over to the configuration as it is now, which may be refused. */
    RELOAD,
    /** Asks the whole node to leave politely. */
    STOP
  }

  /** A question without an argument. */
  public static Question of(What what) {
    return new Question(what, null);
  }
}
