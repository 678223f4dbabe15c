package io.keepstream.config.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.Document;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncludeTest {
  private static MemorySource source() {
    return new MemorySource()
        .file("a.conf", "a")
        .file("b.conf", "b")
        .file("d/c.conf", "c")
        .file("d/e.conf", "e")
        .file("d/.hidden.conf", "hidden")
        .executable("x.conf", "x");
  }

  private static Document read(String text) {
    return source().file("f", text).document();
  }

  private static String tree(String text) {
    return Rendered.tree(read(text));
  }

  @ParameterizedTest(name = "include {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a.conf | a",
        "./a.conf | a",
        "/etc/a.conf | a",
        "*.conf | a; b",
        "?.conf | a; b",
        "[ab].conf | a; b",
        "[^a].conf | b",
        "[\\!a].conf | b",
        "[b-c].conf | b",
        "d/*.conf | c; e",
        "*/c.conf | c",
        "{b,a}.conf | b; a",
        "{b,d/{e,c}}.conf | b; e; c",
        "{a,*}.conf | a; a; b",
      })
  void finds_files_in_sorted_order(String path, String tree) {
    assertThat(tree("include " + path)).isEqualTo(tree);
  }

  @Test
  void works_at_any_depth() {
    assertThat(tree("p {\ninclude a.conf\nq {\ninclude b.conf\n}\n}")).isEqualTo("p {a; q {b}}");
  }

  @Test
  void relative_paths_follow_the_file() {
    Document document =
        source()
            .file("f", "include g/h")
            .file("g/h", "p $_PWD\ninclude i\nq")
            .file("g/i", "r ${_PWD}")
            .document();
    assertThat(Rendered.tree(document)).isEqualTo("p|/etc/g; r|/etc/g; q");
    assertThat(document.statements().get(1).position()).hasToString("g/i:1:1");
  }

  @Test
  void blocks_may_span_files() {
    Document document = source().file("f", "include open\nb\n}\nc").file("open", "a {").document();
    assertThat(Rendered.tree(document)).isEqualTo("a {b}; c");
  }

  @Test
  void variables_and_conditions_make_paths() {
    assertThat(tree("$D=d\n@node1 include ${D}/c.conf\n@node2 include a.conf")).isEqualTo("c");
  }

  @Test
  void a_variable_may_hold_the_whole_include_and_is_read_once() {
    assertThat(tree("$I=include a.conf\n$I")).isEqualTo("a");
  }

  @Test
  void a_definition_holds_behind_the_include() {
    Document document = source().file("f", "include v\nx $A").file("v", "$A=1").document();
    assertThat(Rendered.tree(document)).isEqualTo("x|1");
  }

  @Test
  void the_closing_brace_behind_it_is_not_swallowed() {
    Document document = read("p { include a.conf }\nq { include {a,b}.conf } r");
    assertThat(Rendered.tree(document)).isEqualTo("p {a}; q {a; b}; r");
    assertThat(document.diagnostics()).hasSize(2).allMatch(d -> !d.isError());
  }

  @Test
  void quotes_around_the_path_go_with_a_warning() {
    Document document = read("include \"a.conf\"");
    assertThat(Rendered.tree(document)).isEqualTo("a");
    assertThat(document.diagnostics())
        .extracting(Diagnostic::toString)
        .containsExactly("f:1:9: warning: keepalived would take the quotes for a part of the name");
  }

  @Test
  void a_missing_path_is_a_missing_parameter() {
    assertThat(read("include\n").diagnostics())
        .extracting(Diagnostic::kind)
        .containsExactly(Kind.MISSING_PARAMETER);
  }

  @Test
  void plain_include_only_notes_what_it_misses() {
    Document document =
        read("include none\ninclude no*\ninclude d\ninclude x.conf\ninclude {a,z}.conf\nb");
    assertThat(Rendered.tree(document)).isEqualTo("a; b");
    assertThat(document.diagnostics())
        .hasSize(5)
        .allMatch(d -> d.severity() == Diagnostic.Severity.NOTE);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "include, none, 0", "includer, none, 0", "includem, none, 1", "includew, none, 1",
    "includeb, none, 0", "includea, none, 1", "includem, no*, 0", "includew, no*, 1",
    "includea, no*, 1", "include, x.conf, 0", "includer, x.conf, 1", "includem, d, 1",
    "includeb, '{a,z}.conf', 1", "includew, '{a,z}.conf', 0", "includea, '{a,z}.conf', 1",
  })
  void checks_of_the_keyword(String keyword, String path, int errors) {
    assertThat(read(keyword + " " + path).diagnostics())
        .filteredOn(d -> d.kind() == Kind.INCLUDE_CHECK)
        .hasSize(errors);
  }

  @ParameterizedTest(name = "include_check {0}")
  @CsvSource({
    "'', 3",
    "match, 1",
    "wildcard_match, 1",
    "match +wildcard_match, 2",
    "+match, 1",
    "wildcard_match -wildcard_match, 0",
    "match -read +brace_match, 2",
    "nonsense, 0",
  })
  void checks_set_from_their_place_on(String words, int errors) {
    String text =
        "include none\nglobal_defs { include_check %s\n}\ninclude none\ninclude no*\n"
                .formatted(words)
            + "include {a,z}.conf";
    assertThat(read(text).diagnostics())
        .filteredOn(d -> d.kind() == Kind.INCLUDE_CHECK)
        .hasSize(errors);
  }

  @Test
  void checks_set_in_an_included_file_end_with_it() {
    Document document =
        source()
            .file("f", "include g\ninclude none")
            .file("g", "include_check\ninclude none")
            .document();
    assertThat(document.diagnostics())
        .filteredOn(d -> d.kind() == Kind.INCLUDE_CHECK)
        .extracting(d -> d.position().file())
        .containsExactly("g");
  }

  @Test
  void a_loop_is_refused() {
    Document document =
        source().file("f", "a\ninclude g\nb").file("g", "c\ninclude ./f\nd").document();
    assertThat(Rendered.tree(document)).isEqualTo("a; c; d; b");
    assertThat(Rendered.problems(document))
        .containsExactly("g:2:9: error: include loop: './f' is being read already");
  }

  @Test
  void a_file_may_be_included_twice() {
    assertThat(tree("include a.conf\ninclude a.conf")).isEqualTo("a; a");
  }

  @Test
  void files_that_include_each_other_often_come_to_an_end() {
    MemorySource source = new MemorySource().file("f", "include 0");
    for (int i = 0; i < 40; i++) {
      source.file(Integer.toString(i), "include " + (i + 1) + "\n" + "include " + (i + 1) + "\n");
    }
    List<Diagnostic> diagnostics = source.file("40", "a").document().diagnostics();
    assertThat(diagnostics.getLast().kind()).isEqualTo(Kind.FATAL);
  }

  @Test
  void other_words_that_begin_alike_are_keywords() {
    assertThat(tree("includes a.conf\nincluded")).isEqualTo("includes|a.conf; included");
  }
}
