package io.keepstream.notifier.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Identity;
import io.keepstream.config.ScriptLine;
import io.keepstream.config.Section;
import io.keepstream.runtime.script.Accounts;
import io.keepstream.runtime.script.ScriptCommand;
import io.keepstream.runtime.script.ScriptUsers;
import java.util.List;
import java.util.Optional;

/** Reads scripts with whoever runs them. */
final class ScriptReader {
  private final ScriptUsers users;
  private final List<Diagnostic> diagnostics;

  ScriptReader(Section root, Accounts accounts, List<Diagnostic> diagnostics) {
    this.users = new ScriptUsers(root, accounts);
    this.diagnostics = diagnostics;
  }

  /** The script behind {@code keyword}, if it can be run. */
  Optional<ScriptCommand> script(Section section, String keyword) {
    return section.script(keyword).flatMap(line -> command(line, keyword));
  }

  /** Who runs scripts and owns FIFOs for which nobody is named. */
  Identity defaultIdentity() {
    return users.defaultIdentity();
  }

  /** As in keepalived, a script that cannot or must not be run is left out. */
  private Optional<ScriptCommand> command(ScriptLine line, String keyword) {
    Identity identity =
        line.user() == null
            ? users.defaultIdentity()
            : new Identity(line.user(), line.group(), line.supplementaryGroups());
    Optional<ScriptUsers.Obstacle> obstacle = users.obstacle(identity, line.command().getFirst());
    if (obstacle.isPresent()) {
      diagnostics.add(
          Diagnostic.warning(
              obstacle.get().kind(),
              line.position(),
              "%s: %s, so the script is not run".formatted(keyword, obstacle.get().reason())));
      return Optional.empty();
    }
    return Optional.of(
        new ScriptCommand(
            line.command(), identity.user(), identity.group(), identity.supplementaryGroups()));
  }
}
