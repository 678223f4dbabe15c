package io.keepstream.config.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.Document;
import java.time.Duration;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text makes the reader fail or run away. */
@Timeout(30)
class HostileInputTest {
  private static final Duration QUICK = Duration.ofSeconds(5);

  private static Document quick(String text) {
    long started = System.nanoTime();
    Document document = MemorySource.documentOf(text);
    Assertions.assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(QUICK);
    return document;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a {",
        "}",
        "{",
        "\"",
        "a \"b",
        "$A=",
        "$A=\\",
        "$A=b \\\n",
        "${",
        "x ${A",
        "$",
        "~SEQ(",
        "~SEQ()",
        "~SEQ(I,)",
        "~LST(",
        "~LST()",
        "~LST({",
        "~LST({a,b}, {c",
        "@",
        "@^",
        "@node1",
        "include",
        "include ",
        "include {",
        "include }",
        "include {a,b",
        "include [",
        "include *[",
        "\\",
        "a \\",
        "include_check",
        "include_check -",
        "\"\"",
        "\" {\" {",
        "\0",
        "\ufeff",
        "~SEQ(I,99999999999999999999) a",
        "~SEQ(I,1,999999999999999999,999999999999999999) a",
      })
  void unfinished_text_is_read(String text) {
    quick(text);
    quick("a {\n" + text + "\n}\nb");
  }

  @Test
  void deep_nesting_is_cut_off() {
    Document document = quick("a {".repeat(200_000));
    assertThat(document.diagnostics())
        .anyMatch(d -> d.message().contains("nested deeper than 100"));
    assertThat(document.toString()).isNotEmpty();
  }

  @Test
  void a_line_of_many_blocks() {
    assertThat(quick("a{b}".repeat(20_000)).statements()).hasSize(20_000);
  }

  @Test
  void a_large_file() {
    String instance =
        "vrrp_instance V {\n  priority 100 # comment\n  track_script { chk weight 2 }\n}\n";
    assertThat(quick(instance.repeat(5_000)).statements()).hasSize(5_000);
  }

  @Test
  void one_endless_word() {
    assertThat(quick("x".repeat(1_000_000)).statements()).hasSize(1);
  }

  @Test
  void endless_repetition_stops() {
    Document document = quick("~SEQ(I,999999999) a $I");
    assertThat(document.diagnostics()).extracting(Diagnostic::kind).contains(Kind.FATAL);
  }

  @Test
  void repetitions_within_repetitions_stop() {
    quick("~SEQ(I,2) ".repeat(60_000) + "a");
    quick("~SEQ(I,9999) ".repeat(40) + "a");
  }

  @Test
  void blocks_within_blocks_stop() {
    quick("~SEQ(I,301) ${~SEQx(I,506)a{{{{{{{b");
    quick("{".repeat(4 << 20));
    quick("a{".repeat(2 << 20));
  }

  @Test
  void variables_that_double_each_other_stop() {
    StringBuilder text = new StringBuilder("$A0=xxxxxxxxxx\n");
    for (int i = 1; i < 45; i++) {
      text.append("$A%d=${A%d}${A%d}%n".formatted(i, i - 1, i - 1));
    }
    Document document = quick(text + "a ${A44}");
    assertThat(document.diagnostics()).isNotEmpty();
  }

  @Test
  void empty_variables_that_double_each_other_stop() {
    StringBuilder text = new StringBuilder("$A0=\n");
    for (int i = 1; i < 45; i++) {
      text.append("$A%d=${A%d}${A%d}%n".formatted(i, i - 1, i - 1));
    }
    quick(text + "a ${A44}");
  }

  @Test
  void many_line_variables_that_double_each_other_stop() {
    StringBuilder text = new StringBuilder("$A0=x \\\ny\n");
    for (int i = 1; i < 60; i++) {
      text.append("$A%d=${A%d} \\%n${A%d}%n".formatted(i, i - 1, i - 1));
    }
    quick(text + "${A59}");
  }

  @Test
  void a_long_chain_of_variables_is_cut_off() {
    StringBuilder text = new StringBuilder("$A0=x\n");
    for (int i = 1; i < 20_000; i++) {
      text.append("$A%d=${A%d}%n".formatted(i, i - 1));
    }
    quick(text + "a ${A19999}");
  }

  @Test
  void broken_references_cost_no_more_than_their_length() {
    quick("a " + "${b ".repeat(300_000));
    quick("a " + "$".repeat(1_000_000));
  }

  @Test
  void brace_alternatives_that_multiply_stop() {
    quick("include " + "{a,b}".repeat(60));
  }

  @Test
  void binary_junk_is_read() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      byte[] junk = new byte[5_000];
      random.nextBytes(junk);
      quick(new String(junk, java.nio.charset.StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void problems_are_listed_up_to_a_bound() {
    assertThat(quick("}\n".repeat(100_000)).diagnostics()).hasSize(1001);
  }
}
