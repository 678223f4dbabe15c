package io.keepstream.node.control;

import io.keepstream.contract.Instruction;
import io.keepstream.contract.Question;
import io.keepstream.contract.Request;

/** How long an answer may take. */
final class Patience {
  private static final long ANSWER_SECONDS = 5;
  private static final long DEED_SECONDS = 40;

  private Patience() {}

  static long seconds(Request request) {
    return switch (request) {
      case Question question -> seconds(question.what());
      case Instruction _ -> DEED_SECONDS;
    };
  }

  private static long seconds(Question.What what) {
    return switch (what) {
      case RELOAD, STOP -> DEED_SECONDS;
      case EXPLAIN, EXPLAIN_JSON, STATUS, DATA, STATS, STATS_CLEAR, JSON -> ANSWER_SECONDS;
      case DELIVERIES, DELIVERIES_JSON, DEAD_LETTERS, DEAD_LETTERS_JSON, RETRY_DEAD, REPLAY ->
          ANSWER_SECONDS;
    };
  }
}
