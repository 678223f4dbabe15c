package io.keepstream.testkit.uml;

import java.util.List;

/**
 * What became of one test inside.
 *
 * @param test class and display name
 * @param detail the stack trace, or why it was skipped; empty when it passed
 */
record InnerResult(String test, Status status, String detail) {

  enum Status {
    PASS,
    FAIL,
    SKIP
  }

  /** One line, tab-separated. */
  String toLine() {
    String escaped = detail.replace("\\", "\\\\").replace("\t", "    ").replace("\n", "\\n");
    return String.join("\t", test, status.name(), escaped);
  }

  static InnerResult fromLine(String line) {
    List<String> cells = List.of(line.split("\t", -1));
    return new InnerResult(
        cells.get(0), Status.valueOf(cells.get(1)), cells.get(2).translateEscapes());
  }
}
