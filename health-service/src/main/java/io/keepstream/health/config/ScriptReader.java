package io.keepstream.health.config;

import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.Identity;
import io.keepstream.config.ScriptLine;
import io.keepstream.config.Section;
import io.keepstream.health.port.LocalSystem;
import io.keepstream.runtime.script.ScriptCommand;
import io.keepstream.runtime.script.ScriptUsers;
import io.keepstream.runtime.script.ScriptUsers.Obstacle;
import java.util.Optional;

/** Reads scripts together with who is to run them, and finds out whether that is possible. */
final class ScriptReader {
  private final ScriptUsers users;
  private final LocalSystem system;

  ScriptReader(Section root, LocalSystem system) {
    this.users = new ScriptUsers(root, system);
    this.system = system;
  }

  /** A script. */
  sealed interface Read {
    /** It can and may be run. */
    record Found(ScriptCommand command) implements Read {}

    /** It cannot or must not be run. */
    record LeftOut(Obstacle obstacle) implements Read {}
  }

  /** The script that {@code keyword} names in {@code block}, as the user the block names. */
  Read read(Section block, String keyword) {
    Identity user = block.identity("user").orElse(users.defaultIdentity());
    Optional<ScriptLine> script = block.script(keyword);
    if (script.isEmpty()) {
      return new Read.LeftOut(new Obstacle(Kind.ORDINARY, "there is no script"));
    }
    Optional<Obstacle> obstacle = obstacle(user, script.get().command().getFirst());
    return obstacle.isPresent()
        ? new Read.LeftOut(obstacle.get())
        : new Read.Found(
            new ScriptCommand(
                script.get().command(), user.user(), user.group(), user.supplementaryGroups()));
  }

  private Optional<Obstacle> obstacle(Identity user, String program) {
    return system.canRun(program)
        ? users.obstacle(user, program)
        : Optional.of(new Obstacle(Kind.ORDINARY, "`%s` cannot be run here".formatted(program)));
  }
}
