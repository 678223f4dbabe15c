package io.keepstream.node.cli;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.Diagnostic.Severity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The exit status of a configuration test, as {@code keepalived -t} has it. Notes never count. */
public final class CheckStatus {
  /** Nothing to complain about. */
  public static final int FINE = 0;

  /** A keyword lacks an argument. */
  public static final int MISSING_PARAMETER = 2;

  /** Only findings that concern the machine or ended the reading. */
  public static final int FATAL = 4;

  /** Any other error or warning. */
  public static final int FINDINGS = 5;

  /** Scripts are not secure, a demanded include is missing, or there is no configuration. */
  public static final int SECURITY = 6;

  private CheckStatus() {}

  /** The status for {@code diagnostics}. */
  public static int of(List<Diagnostic> diagnostics) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    diagnostics.stream()
        .filter(d -> d.severity() != Severity.NOTE)
        .forEach(d -> kinds.add(d.kind()));
    if (kinds.isEmpty()) {
      return FINE;
    }
    if (kinds.contains(Kind.MISSING_PARAMETER)) {
      return MISSING_PARAMETER;
    }
    if (kinds.removeAll(EnumSet.of(Kind.SECURITY, Kind.INCLUDE_CHECK, Kind.NO_CONFIGURATION))) {
      return SECURITY;
    }
    return kinds.contains(Kind.ORDINARY) ? FINDINGS : FATAL;
  }
}
