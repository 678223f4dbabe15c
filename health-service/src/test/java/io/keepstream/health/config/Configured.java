package io.keepstream.health.config;

import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.SystemSource;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.event.TrackerRef;
import io.keepstream.health.port.LocalSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;

/** What becomes of a configuration text on a machine with few users, groups and programs. */
public record Configured(HealthReading reading) {
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
          public boolean canRun(String program) {
            return program.startsWith("/bin/");
          }
        };
    return new Configured(HealthConfigReader.read(document(text), system));
  }

  public HealthConfig config() {
    return reading.config();
  }

  Collection<BackendRef> backends() {
    return config().backends().keySet();
  }

  /** The only check of the only real server. */
  CheckConfig check() {
    return config().backends().values().iterator().next().iterator().next();
  }

  Target.Tcp tcp() {
    return (Target.Tcp) check().target();
  }

  CheckConfig tracker(String name) {
    return config().trackers().get(new TrackerRef(TrackerRef.Kind.SCRIPT, name));
  }

  /** The diagnostics without the name of the file. */
  String said() {
    return String.join(
        "\n",
        reading.diagnostics().stream().map(d -> d.toString().replaceFirst("^[^:]*:", "")).toList());
  }

  private static Document document(String text) {
    try {
      Path file = Files.createTempFile("keepalived", ".conf");
      try {
        Files.writeString(file, text);
        return ConfigReader.read(file.toString(), SystemSource.ofThisMachine());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
