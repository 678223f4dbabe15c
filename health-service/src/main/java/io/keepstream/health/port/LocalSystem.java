package io.keepstream.health.port;

/** What a configuration may name of the machine it is read on. */
public interface LocalSystem {
  /** Whether there is a user of this name. */
  boolean hasUser(String name);

  /** Whether there is a group of this name. */
  boolean hasGroup(String name);

  /** Whether {@code program}, a path or a name to be found in PATH, can be run. */
  boolean canRun(String program);
}
