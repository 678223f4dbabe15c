package io.keepstream.config;

import java.util.Comparator;
import java.util.Locale;

/**
 * Something to tell the user about the configuration.
 *
 * @param severity how bad it is
 * @param kind what it means for the exit status of a configuration test
 * @param position where it is
 * @param message what was found, what was expected, what may have been meant
 */
public record Diagnostic(Severity severity, Kind kind, Position position, String message) {
  /** By file and place, worst first at one place. */
  public static final Comparator<Diagnostic> ORDER =
      Comparator.comparing(Diagnostic::position)
          .thenComparing(Diagnostic::severity)
          .thenComparing(Diagnostic::message);

  /** How bad it is. */
  public enum Severity {
    /** The configuration cannot be used as it is written. */
    ERROR,
    /** It can be used, but hardly means what it says. */
    WARNING,
    /** Worth knowing; never changes an exit status. */
    NOTE
  }

  /** What a finding means for the exit status. */
  public enum Kind {
    ORDINARY,
    /** A keyword lacks an argument it cannot do without. */
    MISSING_PARAMETER,
    /** Scripts or secrets are open to others. */
    SECURITY,
    /** A demanded check of an include failed. */
    INCLUDE_CHECK,
    /** There is no configuration to read. */
    NO_CONFIGURATION,
    /** Reading had to stop, or what is named does not exist on this machine. */
    FATAL
  }

  /** An ordinary error. */
  public static Diagnostic error(Position position, String message) {
    return error(Kind.ORDINARY, position, message);
  }

  /** An error of a kind. */
  public static Diagnostic error(Kind kind, Position position, String message) {
    return new Diagnostic(Severity.ERROR, kind, position, message);
  }

  /** An ordinary warning. */
  public static Diagnostic warning(Position position, String message) {
    return warning(Kind.ORDINARY, position, message);
  }

  /** A warning of a kind. */
  public static Diagnostic warning(Kind kind, Position position, String message) {
    return new Diagnostic(Severity.WARNING, kind, position, message);
  }

  /** A note. */
  public static Diagnostic note(Position position, String message) {
    return new Diagnostic(Severity.NOTE, Kind.ORDINARY, position, message);
  }

  /** Whether it makes the configuration unusable. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  @Override
  public String toString() {
    return position + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + message;
  }
}
