package io.keepstream.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A row of the reference table of all words.
 *
 * @param area whose word it is
 * @param block the block or line it belongs to
 * @param keyword the word, or a placeholder in angle brackets
 * @param arguments the form of what follows it
 * @param range the values allowed
 */
record KeywordRow(String area, String block, String keyword, String arguments, String range) {
  /** All rows of the table. */
  static List<KeywordRow> all() {
    try (InputStream table = KeywordRow.class.getResourceAsStream("keywords.tsv")) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .map(cells -> new KeywordRow(cells[0], cells[1], cells[2], cells[3], cells[5]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isPlaceholder() {
    return keyword.startsWith("<");
  }

  @Override
  public String toString() {
    return block + " " + keyword + " " + arguments;
  }
}
