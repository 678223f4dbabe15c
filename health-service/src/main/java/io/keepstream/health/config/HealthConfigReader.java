package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.Section;
import io.keepstream.health.port.LocalSystem;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what health-service watches. Values that cannot be read count as not given; the vocabulary
 * check has reported them.
 */
public final class HealthConfigReader {
  private HealthConfigReader() {}

  /** Reads {@code document} for the machine that {@code system} knows. */
  public static HealthReading read(Document document, LocalSystem system) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    Section root = document.root();
    HealthConfig config =
        new HealthConfig(
            new BackendReader(diagnostics).read(root),
            new TrackerReader(system, diagnostics).read(root));
    return new HealthReading(config, diagnostics);
  }
}
