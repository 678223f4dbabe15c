package io.keepstream.notifier.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Identity;
import io.keepstream.config.Position;
import io.keepstream.config.ScriptLine;
import io.keepstream.config.Section;
import io.keepstream.notifier.port.Accounts;
import io.keepstream.runtime.script.ScriptCommand;
import java.util.List;
import java.util.Optional;

/** Reads scripts with whoever runs them. */
final class ScriptReader {
  private static final String KEEPALIVED_USER = "keepalived_script";

  private final Accounts accounts;
  private final List<Diagnostic> diagnostics;
  private final Identity defaultIdentity;

  ScriptReader(Section root, Accounts accounts, List<Diagnostic> diagnostics) {
    this.accounts = accounts;
    this.diagnostics = diagnostics;
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

  /** The script behind {@code keyword}, if it can be run. */
  Optional<ScriptCommand> script(Section section, String keyword) {
    return section.script(keyword).flatMap(line -> command(line, keyword));
  }

  /** Who runs scripts and owns FIFOs for which nobody is named. */
  Identity defaultIdentity() {
    return defaultIdentity;
  }

  private Optional<ScriptCommand> command(ScriptLine line, String keyword) {
    Identity identity =
        line.user() == null
            ? defaultIdentity
            : new Identity(line.user(), line.group(), line.supplementaryGroups());
    if (!isKnown(identity, line.position(), keyword)) {
      return Optional.empty();
    }
    return Optional.of(
        new ScriptCommand(
            line.command(), identity.user(), identity.group(), identity.supplementaryGroups()));
  }

  /** Whoever is not there cannot run a script: as in keepalived, it is left out. */
  private boolean isKnown(Identity identity, Position position, String keyword) {
    String missing = null;
    if (identity.user() != null && !accounts.hasUser(identity.user())) {
      missing = "user `" + identity.user() + "`";
    } else if (identity.group() != null && !accounts.hasGroup(identity.group())) {
      missing = "group `" + identity.group() + "`";
    }
    if (missing != null) {
      diagnostics.add(
          Diagnostic.warning(
              position,
              "%s: there is no %s here, so the script is not run".formatted(keyword, missing)));
    }
    return missing == null;
  }
}
