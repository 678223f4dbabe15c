package io.keepstream.runtime.script;

import java.util.ArrayList;
import java.util.List;

/**
 * A script with its arguments and identity.
 *
 * @param arguments program and arguments, at least one; no shell is involved
 * @param user who runs it; null means this process's own user
 * @param group its group; null means the user's own
 * @param supplementaryGroups whether it also gets the other groups the user is in
 */
public record ScriptCommand(
    List<String> arguments, String user, String group, boolean supplementaryGroups) {
  public ScriptCommand {
    arguments = List.copyOf(arguments);
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("a script command needs a program");
    }
  }

  /** A command without supplementary groups. */
  public ScriptCommand(List<String> arguments, String user, String group) {
    this(arguments, user, group, false);
  }

  /** The same command with more arguments after its own. */
  public ScriptCommand with(List<String> more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(more);
    return new ScriptCommand(all, user, group, supplementaryGroups);
  }

  @Override
  public String toString() {
    return String.join(" ", arguments);
  }
}
