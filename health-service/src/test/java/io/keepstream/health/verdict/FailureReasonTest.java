package io.keepstream.health.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureReasonTest {
  private static final Path DOCS = Path.of("../docs");

  @Test
  void allAreExplained() throws IOException {
    String docs =
        Files.readString(DOCS.resolve("checks.md"))
            + Files.readString(DOCS.resolve("http-checks.md"));
    List<String> rows = docs.lines().filter(line -> line.startsWith("| `")).toList();
    assertThat(FailureReason.values())
        .allMatch(reason -> rows.stream().anyMatch(row -> row.contains("`" + reason + "`")));
  }
}
