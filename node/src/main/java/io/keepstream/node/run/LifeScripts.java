package io.keepstream.node.run;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.runtime.script.Accounts;
import io.keepstream.runtime.script.ScriptCommand;
import io.keepstream.runtime.script.ScriptUsers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The scripts of {@code global_defs} that concern no service.
 *
 * @param startup runs and ends before any service starts
 * @param shutdown runs when all services have ended
 */
public record LifeScripts(Optional<Limited> startup, Optional<Limited> shutdown) {
  private static final int LIMIT_SECONDS = 10;

  /**
   * A script and how long it may take.
   *
   * @param word its word in the configuration
   */
  public record Limited(String word, ScriptCommand command, Duration limit) {}

  /**
   * Reads {@code root}; as in keepalived, a script that cannot or must not be run is left out.
   *
   * @param problems takes why
   */
  static LifeScripts read(Section root, Accounts accounts, Consumer<Diagnostic> problems) {
    ScriptUsers users = new ScriptUsers(root, accounts);
    return new LifeScripts(
        read(root, users, "startup_script", problems),
        read(root, users, "shutdown_script", problems));
  }

  private static Optional<Limited> read(
      Section root, ScriptUsers users, String word, Consumer<Diagnostic> problems) {
    int seconds =
        root.blocks("global_defs").stream()
            .flatMap(global -> global.integer(word + "_timeout").stream().boxed())
            .reduce((first, last) -> last)
            .orElse(LIMIT_SECONDS);
    return root.blocks("global_defs").stream()
        .flatMap(global -> global.script(word).stream())
        .findFirst()
        .flatMap(line -> users.command(line, word, problems))
        .map(command -> new Limited(word, command, Duration.ofSeconds(seconds)));
  }
}
