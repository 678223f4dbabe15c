package io.keepstream.health.port;

import io.keepstream.runtime.script.Accounts;

/** What a configuration may name of the machine it is read on. */
public interface LocalSystem extends Accounts {
  /** Whether {@code program}, a path or a name to be found in PATH, can be run. */
  boolean canRun(String program);
}
