package io.keepstream.config;

import java.util.Arrays;

/**
 * A logical line, or a part of it, in which every character knows the column it came from.
 *
 * <p>A character that a variable brought in has the column of the variable's use. Parts share the
 * characters of the whole, so taking one costs nothing.
 */
public final class Text implements CharSequence {
  private final Position start;
  private final String characters;
  private final int[] columns;
  private final int begin;
  private final int end;

  private Text(Position start, String characters, int[] columns, int begin, int end) {
    this.start = start;
    this.characters = characters;
    this.columns = columns;
    this.begin = begin;
    this.end = end;
  }

  /** A whole line as it stands in a file. */
  public static Text ofLine(String file, int line, String characters) {
    int[] columns = new int[characters.length()];
    Arrays.setAll(columns, i -> i + 1);
    Position start = new Position(file, line, 1);
    return new Text(start, characters, columns, 0, characters.length());
  }

  /** Characters that all come from one place. */
  public static Text at(Position position, String characters) {
    int[] columns = new int[characters.length()];
    Arrays.fill(columns, position.column());
    return new Text(position, characters, columns, 0, characters.length());
  }

  @Override
  public int length() {
    return end - begin;
  }

  @Override
  public char charAt(int index) {
    return characters.charAt(begin + index);
  }

  @Override
  public Text subSequence(int from, int to) {
    return new Text(start, characters, columns, begin + from, begin + to);
  }

  /** From {@code from} to the end. */
  public Text from(int from) {
    return subSequence(from, length());
  }

  /** Without what separates words at both ends. */
  public Text trimmed() {
    int from = 0;
    int to = length();
    while (from < to && isSpace(charAt(from))) {
      from++;
    }
    while (to > from && isSpace(charAt(to - 1))) {
      to--;
    }
    return subSequence(from, to);
  }

  /** Where the character at {@code index} came from; the end of the text is allowed. */
  public Position position(int index) {
    int at = begin + index;
    int column = start.column();
    if (at < columns.length) {
      column = columns[at];
    } else if (columns.length > 0) {
      column = columns[columns.length - 1] + 1;
    }
    return new Position(start.file(), start.line(), column);
  }

  /** Where the text begins. */
  public Position position() {
    return position(0);
  }

  /** Where {@code needle} stands, searching from {@code from}, or -1. */
  public int indexOf(char needle, int from) {
    int at = characters.indexOf(needle, begin + from, end);
    return at < 0 ? -1 : at - begin;
  }

  /** Whether the text begins with {@code prefix}. */
  public boolean startsWith(String prefix) {
    return length() >= prefix.length() && characters.startsWith(prefix, begin);
  }

  /** Whether this separates words inside a line: blank, tab, form feed, vertical tab, return. */
  public static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r' && c != '\n');
  }

  /** Whether this is a blank or a tab. */
  public static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  @Override
  public String toString() {
    return characters.substring(begin, end);
  }

  /** Puts a text together from parts of one line. */
  public static final class Builder {
    private final Position start;
    private final StringBuilder characters = new StringBuilder();
    private int[] columns = new int[32];

    /** A text that begins at {@code start}. */
    public Builder(Position start) {
      this.start = start;
    }

    /** Appends {@code text} with its own columns. */
    public Builder append(Text text) {
      reserve(text.length());
      System.arraycopy(text.columns, text.begin, columns, characters.length(), text.length());
      characters.append(text.characters, text.begin, text.end);
      return this;
    }

    /** Appends one character that came from {@code column}. */
    public Builder append(char c, int column) {
      reserve(1);
      columns[characters.length()] = column;
      characters.append(c);
      return this;
    }

    /** How many characters there are so far. */
    public int length() {
      return characters.length();
    }

    /** The finished text. */
    public Text build() {
      int length = characters.length();
      return new Text(start, characters.toString(), Arrays.copyOf(columns, length), 0, length);
    }

    private void reserve(int more) {
      int needed = characters.length() + more;
      if (needed > columns.length) {
        columns = Arrays.copyOf(columns, Math.max(needed, columns.length * 2));
      }
    }
  }
}
