package io.keepstream.node.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows of cells, each column as wide as its widest cell. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... heads) {
    rows.add(List.of(heads));
  }

  /** Adds a row; it has as many cells as there are heads. */
  void row(Object... cells) {
    rows.add(Stream.of(cells).map(String::valueOf).toList());
  }

  /** The lines; none when there are only heads. */
  String text() {
    return rows.size() == 1
        ? ""
        : rows.stream().map(row -> line(row, widths())).collect(Collectors.joining());
  }

  private List<Integer> widths() {
    return IntStream.range(0, rows.getFirst().size())
        .mapToObj(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
        .toList();
  }

  private static String line(List<String> row, List<Integer> widths) {
    return IntStream.range(0, row.size())
            .mapToObj(i -> row.get(i) + " ".repeat(widths.get(i) - row.get(i).length()))
            .collect(Collectors.joining(GAP))
            .stripTrailing()
        + "\n";
  }
}
