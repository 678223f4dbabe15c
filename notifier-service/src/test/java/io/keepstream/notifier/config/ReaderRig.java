package io.keepstream.notifier.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.runtime.script.Accounts;
import io.keepstream.runtime.script.ScriptCommand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads configurations on a machine with the users root and bob and the group adm. */
final class ReaderRig {
  /** What was read from a file called {@code conf}. */
  record Result(NotifierConfig config, List<Diagnostic> diagnostics) {}

  private final Set<String> users = new HashSet<>(Set.of("root", "bob"));
  private final Accounts accounts =
      new Accounts() {
        @Override
        public boolean hasUser(String name) {
          return users.contains(name);
        }

        @Override
        public boolean hasGroup(String name) {
          return name.equals("adm");
        }

        @Override
        public Optional<String> danger(String user, String program) {
          return program.equals("/bin/open")
              ? Optional.of("others than root may write to `/bin/open`")
              : Optional.empty();
        }
      };

  /** Gives the machine one more user. */
  void addUser(String name) {
    users.add(name);
  }

  Result read(String text) {
    Document document = ConfigReader.read("conf", new TextSource("conf", text));
    List<Diagnostic> diagnostics = new ArrayList<>();
    NotifierConfig config = NotifierConfigReader.read(document.root(), accounts, diagnostics::add);
    return new Result(config, diagnostics);
  }

  /** A script that runs as the default user. */
  static ScriptCommand script(String program) {
    return new ScriptCommand(List.of(program), null, null);
  }
}
