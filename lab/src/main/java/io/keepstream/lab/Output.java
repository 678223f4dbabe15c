package io.keepstream.lab;

/**
 * What a command left behind.
 *
 * @param status its exit status; 128 + signal when a signal ended it
 * @param text standard output and standard error, in the order written
 */
public record Output(int status, String text) {

  /** Returns this output if the command succeeded; else throws IllegalStateException with it. */
  public Output orThrow(String what) {
    if (status != 0) {
      throw new IllegalStateException(what + " ended with status " + status + ":\n" + text);
    }
    return this;
  }
}
