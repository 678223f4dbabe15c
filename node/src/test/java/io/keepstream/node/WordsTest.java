package io.keepstream.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Diagnostic.Kind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every word of the reference table is known, in its block and in its form. */
class WordsTest {
  static Stream<KeywordRow> rows() {
    return KeywordRow.all().stream().filter(row -> !row.area().equals("parser"));
  }

  static Stream<KeywordRow> rowsWithRequiredArguments() {
    return rows()
        .filter(row -> !row.isPlaceholder())
        .filter(row -> !row.arguments().matches("[\\[{(].*"));
  }

  @Test
  void the_table_is_whole() {
    assertThat(KeywordRow.all()).hasSize(875);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void each_word_is_known_with_its_arguments(KeywordRow row) {
    for (String sample : SampleValues.of(row)) {
      SampleDocument document = SampleDocument.with(row.block(), row.keyword(), line(row, sample));
      assertThat(document.findings())
          .as(document.toString())
          .filteredOn(finding -> finding.isError() || finding.message().contains("too many"))
          .filteredOn(
              finding ->
                  !finding.message().matches(".*: (the word \\w+ is missing|not supported yet)"))
          .isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rowsWithRequiredArguments")
  void each_word_misses_its_arguments(KeywordRow row) {
    String block = row.arguments().endsWith("}") ? " {" : "";
    SampleDocument document =
        SampleDocument.with(row.block(), row.keyword(), row.keyword() + block);
    assertThat(document.findings())
        .as(document.toString())
        .extracting(Diagnostic::kind)
        .contains(Kind.MISSING_PARAMETER);
  }

  static Stream<KeywordRow> rowsWithWords() {
    return rows().filter(row -> !row.isPlaceholder());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rowsWithWords")
  void a_word_that_does_not_exist_is_refused_with_the_nearest(KeywordRow row) {
    String invented = row.keyword() + "x";
    SampleDocument document = SampleDocument.with(row.block(), row.keyword(), invented);
    assertThat(document.findings())
        .as(document.toString())
        .filteredOn(Diagnostic::isError)
        .extracting(Diagnostic::message)
        .anyMatch(message -> message.endsWith("did you mean '" + row.keyword() + "'?"));
  }

  private static String line(KeywordRow row, String sample) {
    String opening = row.arguments().contains("{ ") ? " {" : "";
    if (row.isPlaceholder()) {
      return sample + opening;
    }
    return (row.keyword() + " " + sample).strip() + opening;
  }
}
