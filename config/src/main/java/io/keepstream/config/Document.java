package io.keepstream.config;

import java.util.List;

/**
 * A configuration as read: the main file with everything it includes.
 *
 * @param file the main file
 * @param statements the lines outside all blocks
 * @param diagnostics what the language itself had to say, in the order of reading
 */
public record Document(String file, List<Statement> statements, List<Diagnostic> diagnostics) {
  public Document {
    statements = List.copyOf(statements);
    diagnostics = List.copyOf(diagnostics);
  }

  /** The typed view of the whole document. */
  public Section root() {
    Text nothing = Text.ofLine(file, 1, "");
    Word none = new Word("", nothing.position(), false);
    return new Section(new Statement(none, List.of(), nothing, statements, true));
  }
}
