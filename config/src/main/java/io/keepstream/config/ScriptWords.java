package io.keepstream.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a line the way scripts and patterns are split: single and double quotes both quote,
 * neighbouring parts join to one word, and a backslash escapes.
 *
 * <p>Escapes are {@code \a \b \E \f \n \r \t \v}, {@code \NNN} octal, {@code \xHH}, {@code \cX}
 * (control X); before any other character the backslash just goes. keepalived decodes them when it
 * splits the line and again when it splits the command, so a backslash for the program itself is
 * written four times.
 */
public final class ScriptWords {
  private static final String ESCAPE_LETTERS = "abEfnrtv";
  private static final String ESCAPE_VALUES = "\u0007\b\u001b\f\n\r\t\u000b";

  /**
   * The outcome of a split.
   *
   * @param words the words; an unclosed quote reaches to the end
   * @param unclosedQuote a quote that nothing closes
   */
  public record Split(List<Text> words, Optional<Text> unclosedQuote) {}

  private final Text line;
  private final List<Text> words = new ArrayList<>();
  private Text.Builder word;
  private int index;

  private ScriptWords(Text line) {
    this.line = line;
  }

  /** Splits {@code line}. */
  public static Split split(Text line) {
    return new ScriptWords(line).run();
  }

  private Split run() {
    int quoteAt = -1;
    while (index < line.length()) {
      char c = line.charAt(index);
      if (quoteAt >= 0 && c == line.charAt(quoteAt)) {
        quoteAt = -1;
        index++;
      } else if (quoteAt < 0 && (c == '"' || c == '\'')) {
        quoteAt = index++;
        current();
      } else if (quoteAt < 0 && Text.isSpace(c)) {
        endWord();
        index++;
      } else {
        character(c);
      }
    }
    endWord();
    Optional<Text> unclosed =
        quoteAt < 0 ? Optional.empty() : Optional.of(line.subSequence(quoteAt, quoteAt + 1));
    return new Split(words, unclosed);
  }

  private Text.Builder current() {
    if (word == null) {
      word = new Text.Builder(line.position(index));
    }
    return word;
  }

  private void endWord() {
    if (word != null) {
      words.add(word.build());
      word = null;
    }
  }

  private void character(char c) {
    Text.Builder target = current();
    int column = line.position(index).column();
    index++;
    target.append(c == '\\' && index < line.length() ? escaped() : c, column);
  }

  private char escaped() {
    char c = line.charAt(index++);
    int letter = ESCAPE_LETTERS.indexOf(c);
    if (letter >= 0) {
      return ESCAPE_VALUES.charAt(letter);
    }
    if (c == 'c' && index < line.length()) {
      return (char) (line.charAt(index++) & 0x1f);
    }
    if (c == 'x' && index < line.length() && Character.digit(line.charAt(index), 16) >= 0) {
      return (char) number(16, 2);
    }
    if (c >= '0' && c <= '7') {
      index--;
      return (char) (number(8, 3) & 0xff);
    }
    return c;
  }

  private int number(int radix, int maxDigits) {
    int value = 0;
    int end = Math.min(index + maxDigits, line.length());
    while (index < end && Character.digit(line.charAt(index), radix) >= 0) {
      value = value * radix + Character.digit(line.charAt(index++), radix);
    }
    return value;
  }
}
