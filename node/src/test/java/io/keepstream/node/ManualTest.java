package io.keepstream.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.node.run.Manual;
import io.keepstream.node.run.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The manual in the repository says what the words declare. */
class ManualTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void the_page_is_what_the_words_declare() {
    assertThat(PAGE)
        .as("write it anew: ./keepstream document > docs/configuration.md")
        .hasContent(Manual.page(Words.all()));
  }

  @Test
  void every_word_of_the_reference_table_is_on_the_page() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(KeywordRow.all())
        .filteredOn(row -> !row.area().equals("parser") && !row.isPlaceholder() && !isValue(row))
        .allSatisfy(row -> assertThat(page).containsPattern("`" + row.keyword() + "[` ]"));
  }

  /** What the table lists as words of a line, but is one of the values of its word. */
  private static boolean isValue(KeywordRow row) {
    return row.arguments().equals("(value)")
        || row.block().equals("global_defs/include_check")
        || row.keyword().equals("default6");
  }
}
