package io.keepstream.node.control;

import io.keepstream.contract.Question;

/** How long an answer may take. */
final class Patience {
  private static final long ANSWER_SECONDS = 5;
  private static final long DEED_SECONDS = 40;

  private Patience() {}

  static long seconds(Question question) {
    return switch (question.what()) {
      case RELOAD, STOP -> DEED_SECONDS;
      case EXPLAIN, EXPLAIN_JSON, STATUS, DATA, STATS, STATS_CLEAR, JSON -> ANSWER_SECONDS;
      case DELIVERIES, DELIVERIES_JSON, DEAD_LETTERS, DEAD_LETTERS_JSON, RETRY_DEAD, REPLAY ->
          ANSWER_SECONDS;
    };
  }
}
