package io.keepstream.runtime.script;

/**
 * How a script ended.
 *
 * @param outcome the kind of ending
 * @param exitStatus as given by the script; 128 plus the signal's number when a signal ended it; -1
 *     when it was not started
 * @param durationMicros from start to end
 * @param output the first part of what it printed, both streams
 */
public record ScriptResult(Outcome outcome, int exitStatus, long durationMicros, String output) {
  /** The ways a script can end. */
  public enum Outcome {
    EXITED,
    TIMED_OUT,
    /** The program could not be run; the output says why. */
    NOT_STARTED
  }

  /** Whether it ended by itself with status 0. */
  public boolean succeeded() {
    return outcome == Outcome.EXITED && exitStatus == 0;
  }

  /** The ending in words, as in {@code exit status 1: no listener}. */
  public String describe() {
    String ending =
        switch (outcome) {
          case EXITED -> "exit status " + exitStatus;
          case TIMED_OUT -> "timed out after " + durationMicros / 1000 + " ms, killed";
          case NOT_STARTED -> "could not be started";
        };
    String firstLine = output.strip().lines().findFirst().orElse("");
    return firstLine.isEmpty() ? ending : ending + ": " + firstLine;
  }
}
