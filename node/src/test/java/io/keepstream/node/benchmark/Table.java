package io.keepstream.node.benchmark;

import java.util.stream.Stream;

/** A table of Markdown. */
final class Table {
  private final StringBuilder text = new StringBuilder("\n");

  Table(String... heads) {
    line(heads);
    line(Stream.of(heads).map(head -> "---").toArray(String[]::new));
  }

  void row(String name, Object... cells) {
    line(
        Stream.concat(Stream.of(name), Stream.of(cells).map(Object::toString))
            .toArray(String[]::new));
  }

  private void line(String... cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  void print() {
    System.out.println(text);
  }
}
