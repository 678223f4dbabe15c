package io.keepstream.runtime.script;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.Identity;
import io.keepstream.config.ScriptLine;
import io.keepstream.config.Section;
import java.util.Optional;
import java.util.function.Consumer;

/** Who runs the scripts of a configuration, and whether that is somebody on this machine. */
public final class ScriptUsers {
  private static final String KEEPALIVED_USER = "keepalived_script";

  private final Accounts accounts;
  private final boolean secure;
  private final Identity defaultIdentity;

  /** For the configuration {@code root} on a machine with these accounts. */
  public ScriptUsers(Section root, Accounts accounts) {
    this.accounts = accounts;
    secure =
        root.blocks("global_defs").stream()
            .anyMatch(globals -> globals.has("enable_script_security"));
    defaultIdentity =
        root.blocks("global_defs").reversed().stream()
            .flatMap(globals -> globals.identity("script_user").stream())
            .findFirst()
            .orElseGet(
                () ->
                    accounts.hasUser(KEEPALIVED_USER)
                        ? new Identity(KEEPALIVED_USER, null, false)
                        : Identity.NONE);
  }

  /**
   * Who runs scripts for which nobody is named: {@code script_user}, else the user
   * keepalived_script where there is one, else this process's own.
   */
  public Identity defaultIdentity() {
    return defaultIdentity;
  }

  /**
   * Why a script is left out.
   *
   * @param kind {@link Kind#SECURITY} when enable_script_security forbids it
   * @param reason in words
   */
  public record Obstacle(Kind kind, String reason) {}

  /** Why {@code identity} cannot or must not run {@code program}; empty when it may. */
  public Optional<Obstacle> obstacle(Identity identity, String program) {
    return absence(identity)
        .map(reason -> new Obstacle(Kind.ORDINARY, reason))
        .or(() -> danger(identity, program).map(reason -> new Obstacle(Kind.SECURITY, reason)));
  }

  /**
   * The command of {@code line} with whoever runs it. As in keepalived, one that cannot or must not
   * be run is left out.
   *
   * @param keyword the word before it
   * @param problems takes why
   */
  public Optional<ScriptCommand> command(
      ScriptLine line, String keyword, Consumer<Diagnostic> problems) {
    Identity identity =
        line.user() == null
            ? defaultIdentity
            : new Identity(line.user(), line.group(), line.supplementaryGroups());
    Optional<Obstacle> obstacle = obstacle(identity, line.command().getFirst());
    if (obstacle.isPresent()) {
      problems.accept(
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

  private Optional<String> absence(Identity identity) {
    if (identity.user() != null && !accounts.hasUser(identity.user())) {
      return Optional.of("there is no user `%s` here".formatted(identity.user()));
    }
    if (identity.group() != null && !accounts.hasGroup(identity.group())) {
      return Optional.of("there is no group `%s` here".formatted(identity.group()));
    }
    return Optional.empty();
  }

  private Optional<String> danger(Identity identity, String program) {
    if (!secure) {
      return Optional.empty();
    }
    return identity.user() == null
        ? Optional.of(
            "enable_script_security wants script_user or a user `%s`".formatted(KEEPALIVED_USER))
        : accounts.danger(identity.user(), program);
  }
}
