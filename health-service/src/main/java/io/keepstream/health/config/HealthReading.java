package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import java.util.List;

/**
 * What health-service made of a document.
 *
 * @param config what to watch
 * @param diagnostics what it had to say about it
 */
public record HealthReading(HealthConfig config, List<Diagnostic> diagnostics) {
  public HealthReading {
    diagnostics = List.copyOf(diagnostics);
  }
}
