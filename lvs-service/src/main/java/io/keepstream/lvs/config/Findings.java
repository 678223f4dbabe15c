package io.keepstream.lvs.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Position;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the configuration while it is read. */
final class Findings {
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  void error(Position position, String message) {
    diagnostics.add(Diagnostic.error(position, message));
  }

  void warning(Position position, String message) {
    diagnostics.add(Diagnostic.warning(position, message));
  }

  List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }
}
