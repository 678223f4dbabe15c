package io.keepstream.runtime.script;

import io.keepstream.config.Identity;
import io.keepstream.config.Section;
import java.util.Optional;

/** Who runs the scripts of a configuration, and whether that is somebody on this machine. */
public final class ScriptUsers {
  private static final String KEEPALIVED_USER = "keepalived_script";

  private final Accounts accounts;
  private final Identity defaultIdentity;

  /** For the configuration {@code root} on a machine with these accounts. */
  public ScriptUsers(Section root, Accounts accounts) {
    this.accounts = accounts;
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

  /** In words why {@code identity} can run nothing here; empty when it can. */
  public Optional<String> obstacle(Identity identity) {
    if (identity.user() != null && !accounts.hasUser(identity.user())) {
      return Optional.of("there is no user `%s` here".formatted(identity.user()));
    }
    if (identity.group() != null && !accounts.hasGroup(identity.group())) {
      return Optional.of("there is no group `%s` here".formatted(identity.group()));
    }
    return Optional.empty();
  }
}
