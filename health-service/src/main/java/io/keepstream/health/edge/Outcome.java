package io.keepstream.health.edge;

import io.keepstream.health.http.Response;
import io.keepstream.health.verdict.FailureReason;

/** What came of a request over HTTP. */
sealed interface Outcome {
  /** The beginning of what was received, for people. */
  String received();

  /** An answer came to its end. */
  record Answered(Response response, String received) implements Outcome {}

  /** There was none, or not all of it. */
  record Broken(FailureReason reason, String detail, String received) implements Outcome {}
}
