package io.keepstream.config;

import java.util.Comparator;

/**
 * A place in a configuration file. What a variable or a repetition brought in stands at the place
 * of its use.
 *
 * @param file path as it was reached
 * @param line 1-based
 * @param column 1-based, in characters; a tab counts as one
 */
public record Position(String file, int line, int column) implements Comparable<Position> {
  private static final Comparator<Position> ORDER =
      Comparator.comparing(Position::file)
          .thenComparingInt(Position::line)
          .thenComparingInt(Position::column);

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return file + ":" + line + ":" + column;
  }
}
