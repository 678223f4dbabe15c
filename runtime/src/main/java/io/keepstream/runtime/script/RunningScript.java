package io.keepstream.runtime.script;

import java.util.concurrent.CompletableFuture;

/** A script that was started and may have ended since. */
public final class RunningScript {
  private final CompletableFuture<ScriptResult> result;
  private final Thread waiting;

  RunningScript(CompletableFuture<ScriptResult> result, Thread waiting) {
    this.result = result;
    this.waiting = waiting;
  }

  /** How it ended; never fails. */
  public CompletableFuture<ScriptResult> result() {
    return result;
  }

  /**
   * Ends the script with all it has started, as its time limit would; {@link #result()} then says
   * how, once it is gone. Nothing happens when it has already ended.
   */
  public void end() {
    waiting.interrupt();
  }
}
