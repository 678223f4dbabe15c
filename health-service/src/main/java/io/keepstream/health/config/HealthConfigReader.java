package io.keepstream.health.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Section;
import io.keepstream.health.port.LocalSystem;
import java.util.function.Consumer;

/**
 * Reads the part of the configuration that health-service acts on. Values that cannot be read count
 * as not given; the vocabulary check reports them.
 */
public final class HealthConfigReader {
  private HealthConfigReader() {}

  /**
   * Reads {@code root}.
   *
   * @param system the machine on which the checks are to run
   * @param problems takes what does not make sense together or on that machine
   */
  public static HealthConfig read(Section root, LocalSystem system, Consumer<Diagnostic> problems) {
    return new HealthConfig(
        new BackendReader(root, system, problems).read(),
        new HaSuspendReader(root, problems).read(),
        new TrackerReader(system, problems).read(root),
        new TrackFileReader(problems).read(root),
        new TrackProcessReader(problems).read(root));
  }
}
