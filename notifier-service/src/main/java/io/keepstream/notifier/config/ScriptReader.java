package io.keepstream.notifier.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Identity;
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
    return section.script(keyword).flatMap(line -> users.command(line, keyword, diagnostics::add));
  }

  /** Who runs scripts and owns FIFOs for which nobody is named. */
  Identity defaultIdentity() {
    return users.defaultIdentity();
  }
}
