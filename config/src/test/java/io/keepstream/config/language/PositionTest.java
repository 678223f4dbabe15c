package io.keepstream.config.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Document;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every word knows where it came from. */
class PositionTest {
  private static List<String> places(String text) {
    return words(MemorySource.documentOf(text).statements());
  }

  private static List<String> words(List<Statement> statements) {
    return statements.stream()
        .flatMap(
            s ->
                java.util.stream.Stream.concat(
                    s.words().stream().map(PositionTest::place), words(s.body()).stream()))
        .toList();
  }

  private static String place(Word word) {
    return word.text() + "@" + word.position().line() + ":" + word.position().column();
  }

  @Test
  void lines_and_columns_begin_at_one_and_a_tab_is_one_column() {
    assertThat(places("a b\n\n\tc  \"d e\" f"))
        .containsExactly("a@1:1", "b@1:3", "c@3:2", "d e@3:6", "f@3:11");
  }

  @Test
  void words_behind_braces_keep_their_columns() {
    assertThat(places("a { b { c } }d")).containsExactly("a@1:1", "b@1:5", "c@1:9", "d@1:14");
  }

  @Test
  void what_a_variable_brought_in_stands_at_its_use() {
    assertThat(places("$A=b c\nx ${A}d e")).containsExactly("x@2:1", "b@2:3", "cd@2:3", "e@2:9");
  }

  @Test
  void the_lines_of_a_variable_stand_at_its_use() {
    assertThat(places("$A=a { \\\nb \\\n}\n\n  $A")).containsExactly("a@5:3", "b@5:3");
  }

  @Test
  void a_repeated_line_stands_where_it_is_written() {
    assertThat(places("~SEQ(I,2) a $I b"))
        .containsExactly("a@1:11", "1@1:13", "b@1:16", "a@1:11", "2@1:13", "b@1:16");
  }

  @Test
  void a_conditional_line_keeps_its_columns() {
    assertThat(places("@node1 a b")).containsExactly("a@1:8", "b@1:10");
  }

  @Test
  void included_words_name_their_file() {
    Document document =
        new MemorySource().file("f", "\ninclude d/g").file("d/g", "\n a").document();
    assertThat(document.statements().getFirst().position()).hasToString("d/g:2:2");
  }
}
