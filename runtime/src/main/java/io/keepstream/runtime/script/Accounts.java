package io.keepstream.runtime.script;

import java.util.Optional;

/** The users and groups of the machine a configuration is read on, and what they may change. */
public interface Accounts {
  /** Whether there is a user of this name. */
  boolean hasUser(String name);

  /** Whether there is a group of this name. */
  boolean hasGroup(String name);

  /**
   * Why it is not safe that {@code user} runs {@code program}, a path or a name to be found in
   * PATH; empty when it is.
   */
  Optional<String> danger(String user, String program);
}
