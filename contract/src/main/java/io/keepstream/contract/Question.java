package io.keepstream.contract;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What somebody wants to know or have of a running node; the answer is text.
 *
 * @param what the kind of question
 * @param argument an instance's or a sync group's name for {@link What#EXPLAIN}, 1 or 2 for {@link
 *     What#JSON}, a sink for {@link What#DEAD_LETTERS} and {@link What#RETRY_DEAD}, a place in the
 *     journal, a space and a sink for {@link What#REPLAY}, else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Question(What what, String argument) implements Request {
  /** The kinds of questions. */
  public enum What {
    /** Why an instance is what it is, or how a sync group stands, for people. */
    EXPLAIN,
    /** The same as JSON. */
    EXPLAIN_JSON,
    /** What all services of the node say of themselves, as JSON; asked of the whole node. */
    STATUS,
    /** keepalived.data, as keepalived writes it. */
    DATA,
    /** keepalived.stats, as keepalived writes it. */
    STATS,
    /** The same; later statistics count from here. */
    STATS_CLEAR,
    /** keepalived.json, in the version asked for; empty without instances. */
    JSON,
    /** How each sink stands. */
    DELIVERIES,
    /** The same as JSON. */
    DELIVERIES_JSON,
    /** What a sink would not take. */
    DEAD_LETTERS,
    /** The same as JSON. */
    DEAD_LETTERS_JSON,
    /** Sends to a sink again what it would not take. */
    RETRY_DEAD,
    /** Sends to a sink again all from a place on. */
    REPLAY,
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
