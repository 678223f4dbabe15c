package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.health.port.LocalSystem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What becomes of a configuration text on a machine with few users, groups and programs. */
public record Configured(HealthConfig config, List<Diagnostic> problems) {
  private static final String FILE = "keepalived.conf";
  private static final Set<String> NAMES = Set.of("nobody", "daemon", "root");

  /** Where there is no user keepalived_script. */
  public static Configured of(String text) {
    return of(text, NAMES);
  }

  static Configured of(String text, Set<String> users) {
    LocalSystem system =
        new LocalSystem() {
          @Override
          public boolean hasUser(String name) {
            return users.contains(name);
          }

          @Override
          public boolean hasGroup(String name) {
            return NAMES.contains(name);
          }

          @Override
          public Optional<String> danger(String user, String program) {
            return program.equals("/bin/open")
                ? Optional.of("others than root may write to `/bin/open`")
                : Optional.empty();
          }

          @Override
          public boolean canRun(String program) {
            return program.startsWith("/bin/");
          }
        };
    return on(system, text);
  }

  /** On any machine. */
  public static Configured on(LocalSystem system, String text) {
    Section root = ConfigReader.read(FILE, new TextSource(FILE, text)).root();
    List<Diagnostic> problems = new ArrayList<>();
    return new Configured(HealthConfigReader.read(root, system, problems::add), problems);
  }

  Collection<BackendRef> backends() {
    return config.backends().keySet();
  }

  /** The only check of the only real server. */
  CheckConfig check() {
    return config.backends().values().iterator().next().iterator().next();
  }

  Target.Tcp tcp() {
    return (Target.Tcp) check().target();
  }

  /** The check of a script that is run. */
  CheckConfig tracker(String name) {
    return ((TrackerConfig.Checked) followed(name)).check();
  }

  TrackerConfig followed(String name) {
    return config.scripts().get(new TrackerRef(TrackerRef.Kind.SCRIPT, name));
  }

  /** The diagnostics without the name of the file. */
  String said() {
    return problems.stream()
        .map(problem -> problem.toString().substring(FILE.length() + 1))
        .collect(Collectors.joining("\n"));
  }
}
