package io.keepstream.config.vocabulary;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one check has found. */
final class Findings {
  /** Beyond this the file is no configuration, and more of the same helps nobody. */
  private static final int MAX_FINDINGS = 1000;

  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Set<String> noted = new HashSet<>();

  List<Diagnostic> diagnostics() {
    return List.copyOf(diagnostics);
  }

  boolean isFull() {
    return diagnostics.size() > MAX_FINDINGS;
  }

  void error(Position position, String message) {
    add(Diagnostic.error(position, message));
  }

  void missing(Position position, String message) {
    add(Diagnostic.error(Kind.MISSING_PARAMETER, position, message));
  }

  void warning(Position position, String message) {
    add(Diagnostic.warning(position, message));
  }

  /** Warns of a word that has a replacement. */
  void goingOutOfUse(Keyword keyword, Position position) {
    String replacement = keyword.rules().replacement();
    if (!replacement.isEmpty()) {
      warning(position, "%s is going out of use; write %s".formatted(keyword.word(), replacement));
    }
  }

  /** Says once per word of a block what this program does not make of it. */
  void used(String path, Keyword keyword, Position position) {
    Status status = keyword.status();
    if (status.effect() != Status.Effect.ACTS && noted.add(Block.path(path, keyword.word()))) {
      add(remark(status, keyword.word() + ": ", position));
    }
  }

  private static Diagnostic remark(Status status, String word, Position position) {
    return switch (status.effect()) {
      case ACTS -> throw new IllegalArgumentException("nothing is to be said about " + word);
      case NOT_YET ->
          status.reason().isEmpty()
              ? Diagnostic.note(position, word + "accepted, not acted on yet")
              : Diagnostic.warning(position, word + "not acted on yet, " + status.reason());
      case NONE -> Diagnostic.note(position, word + "accepted without effect: " + status.reason());
      case REFUSED -> Diagnostic.error(position, word + status.reason());
    };
  }

  private void add(Diagnostic diagnostic) {
    if (diagnostics.size() == MAX_FINDINGS) {
      String message = "more than " + MAX_FINDINGS + " problems; the others are not listed";
      diagnostics.add(Diagnostic.error(diagnostic.position(), message));
    } else if (!isFull()) {
      diagnostics.add(diagnostic);
    }
  }
}
