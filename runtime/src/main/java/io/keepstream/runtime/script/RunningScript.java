package io.keepstream.runtime.script;

import java.util.concurrent.CompletableFuture;

/** A script that was started and may have ended since. */
public final class RunningScript {
  private final CompletableFuture<ScriptResult> result = new CompletableFuture<>();
  private final CompletableFuture<Void> endWish = new CompletableFuture<>();

  RunningScript() {}

  /** How it ended; never fails. */
  public CompletableFuture<ScriptResult> result() {
    return result;
  }

  /**
   * Ends the script with all it has started, as its time limit would; {@link #result()} then says
   * how, once it is gone. Nothing happens when it is already ending or has ended.
   */
  public void end() {
    endWish.complete(null);
  }

  CompletableFuture<Void> endWish() {
    return endWish;
  }
}
