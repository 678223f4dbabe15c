package io.keepstream.runtime.script;

/** The users and groups of the machine a configuration is read on. */
public interface Accounts {
  /** Whether there is a user of this name. */
  boolean hasUser(String name);

  /** Whether there is a group of this name. */
  boolean hasGroup(String name);
}
