package io.keepstream.config;

import java.util.ArrayList;
import java.util.List;

/**
 * One logical line, with the block that follows it.
 *
 * @param keyword its first word
 * @param arguments the other words
 * @param line the whole line, for words that split differently ({@link ScriptLine})
 * @param body the statements of its block
 * @param hasBody whether a block follows, be it empty
 */
public record Statement(
    Word keyword, List<Word> arguments, Text line, List<Statement> body, boolean hasBody) {
  public Statement {
    arguments = List.copyOf(arguments);
    body = List.copyOf(body);
  }

  /** Where the keyword stands. */
  public Position position() {
    return keyword.position();
  }

  /** Whether the keyword is {@code word}. */
  public boolean is(String word) {
    return keyword.text().equals(word);
  }

  /** The argument at {@code index}, or the empty string. */
  public String argument(int index) {
    return index < arguments.size() ? arguments.get(index).text() : "";
  }

  /** Keyword and arguments: the words of a line inside a block of free lines. */
  public List<Word> words() {
    List<Word> words = new ArrayList<>(arguments.size() + 1);
    words.add(keyword);
    words.addAll(arguments);
    return words;
  }

  @Override
  public String toString() {
    return line.toString();
  }
}
