package io.keepstream.config.language;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.Diagnostic.Severity;
import io.keepstream.config.Position;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one reading has found and used: its source, its diagnostics and its budget.
 *
 * <p>The budget is the amount of text a configuration may be and expand to. It stops includes,
 * variables and repetitions that multiply each other before they fill the memory.
 */
final class Reading {
  /** With about 22000 real servers; the heap of the program holds two of these while reloading. */
  static final long BUDGET_CHARACTERS = 20L << 20;

  /** What keeping one more line or value costs besides its characters. */
  private static final int OVERHEAD_CHARACTERS = 64;

  private static final int MAX_DIAGNOSTICS = 1000;

  private final ConfigSource source;
  private final Set<Diagnostic> diagnostics = new LinkedHashSet<>();
  private long budget = BUDGET_CHARACTERS;
  private boolean stopped;

  Reading(ConfigSource source) {
    this.source = source;
  }

  ConfigSource source() {
    return source;
  }

  List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }

  /** Takes text from the budget; false when nothing more may be read. */
  boolean spend(int characters, Position position) {
    return spend(characters, 1, position);
  }

  /** As {@link #spend(int, Position)}, for so many values at once. */
  boolean spend(int characters, int values, Position position) {
    budget -= characters + (long) values * OVERHEAD_CHARACTERS;
    if (budget < 0 && !stopped) {
      stopped = true;
      add(
          Diagnostic.error(
              Kind.FATAL,
              position,
              "the configuration is too large or expands to too much; reading stops here"));
    }
    return !stopped;
  }

  void error(Position position, String message) {
    add(Diagnostic.error(position, message));
  }

  void error(Kind kind, Position position, String message) {
    add(Diagnostic.error(kind, position, message));
  }

  void warning(Position position, String message) {
    add(Diagnostic.warning(position, message));
  }

  void note(Position position, String message) {
    add(Diagnostic.note(position, message));
  }

  private void add(Diagnostic diagnostic) {
    if (diagnostics.size() < MAX_DIAGNOSTICS) {
      diagnostics.add(diagnostic);
    } else if (diagnostics.size() == MAX_DIAGNOSTICS) {
      String message = "more than " + MAX_DIAGNOSTICS + " problems; the others are not listed";
      diagnostics.add(
          new Diagnostic(Severity.ERROR, Kind.ORDINARY, diagnostic.position(), message));
    }
  }
}
