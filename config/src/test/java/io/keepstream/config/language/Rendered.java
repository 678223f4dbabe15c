package io.keepstream.config.language;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import java.util.List;
import java.util.stream.Collectors;

/** A tree on one line: words divided by bars, statements by semicolons, bodies in braces. */
final class Rendered {
  private Rendered() {}

  static String tree(Document document) {
    return tree(document.statements());
  }

  static List<String> problems(Document document) {
    return document.diagnostics().stream().map(Diagnostic::toString).toList();
  }

  private static String tree(List<Statement> statements) {
    return statements.stream().map(Rendered::tree).collect(Collectors.joining("; "));
  }

  private static String tree(Statement statement) {
    String words = statement.words().stream().map(Word::text).collect(Collectors.joining("|"));
    return statement.hasBody() ? words + " {" + tree(statement.body()) + "}" : words;
  }
}
