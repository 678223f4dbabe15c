package io.keepstream.node.benchmark;

import java.util.stream.Stream;

/** A table of Markdown. */
public final class Table {
  private final StringBuilder text = new StringBuilder("\n");

  /** Begins with these column heads. */
  public Table(String... heads) {
    line(heads);
    line(Stream.of(heads).map(head -> "---").toArray(String[]::new));
  }

  /** Adds a line. */
  public void row(String name, Object... cells) {
    line(
        Stream.concat(Stream.of(name), Stream.of(cells).map(Object::toString))
            .toArray(String[]::new));
  }

  private void line(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** Writes it to standard output. */
  public void print() {
    System.out.println(text);
  }
}
