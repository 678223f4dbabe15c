package io.keepstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.language.MemorySource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptLineTest {
  private static ScriptLine script(String line) {
    return MemorySource.documentOf(line)
        .root()
        .script(line.substring(0, line.indexOf(' ')))
        .orElseThrow();
  }

  private static List<String> command(String words) {
    return script("notify " + words).command();
  }

  @Test
  void the_first_word_is_the_command_the_next_two_are_its_identity() {
    ScriptLine script = script("notify \"/bin/prog 'one arg' two\" user group");
    assertThat(script.command()).containsExactly("/bin/prog", "one arg", "two");
    assertThat(script.user()).isEqualTo("user");
    assertThat(script.group()).isEqualTo("group");
    assertThat(script.supplementaryGroups()).isFalse();
    assertThat(script.position()).hasToString("f:1:9");
  }

  @Test
  void a_leading_colon_adds_supplementary_groups() {
    ScriptLine script = script("notify /bin/prog user :group");
    assertThat(script.group()).isEqualTo("group");
    assertThat(script.supplementaryGroups()).isTrue();
    ScriptLine alone = script("notify /bin/prog user :");
    assertThat(alone.group()).isNull();
    assertThat(alone.supplementaryGroups()).isTrue();
  }

  @Test
  void an_identity_may_be_missing() {
    ScriptLine script = script("notify /bin/prog");
    assertThat(script.user()).isNull();
    assertThat(script.group()).isNull();
  }

  @Test
  void both_quotes_quote_and_neighbouring_parts_join() {
    assertThat(command("'/a b'")).containsExactly("/a", "b");
    assertThat(command("\"'/a b' c\"")).containsExactly("/a b", "c");
    assertThat(command("'\"/a b\" c'")).containsExactly("/a b", "c");
    assertThat(command("/a\"/b c\"'/d'")).containsExactly("/a/b", "c/d");
    assertThat(command("\"/a '' b\"")).containsExactly("/a", "", "b");
  }

  @Test
  void a_shell_command_keeps_its_words() {
    assertThat(
            command(
                "\"/bin/bash -c 'if [[ $(netstat -nlp | grep 9443) ]]; then exit 0; else exit 1;"
                    + " fi'\""))
        .containsExactly(
            "/bin/bash",
            "-c",
            "if [[ $(netstat -nlp | grep 9443) ]]; then exit 0; else exit 1; fi");
  }

  @Test
  void escapes_are_decoded_in_both_splits() {
    assertThat(command("\"/a \\\"b c\\\" d\"")).containsExactly("/a", "b c", "d");
    assertThat(command("\"/a\\\\ b\"")).containsExactly("/a b");
    assertThat(command("/a\\ b")).containsExactly("/a", "b");
    assertThat(command("\"/no\\x41such\"")).containsExactly("/noAsuch");
    assertThat(command("\"/no\\\\x41such\"")).containsExactly("/noAsuch");
    assertThat(command("\"a\\\\\\\\b\"")).containsExactly("a\\b");
    assertThat(command("\"'\\a\\b\\E\\f\\n\\r\\t\\v\\101\\x4a\\cA\\q'\""))
        .containsExactly("\u0007\b\u001b\f\n\r\t\u000bAJ\u0001q");
  }

  @Test
  void braces_and_comment_marks_in_quotes_belong_to_the_command() {
    assertThat(command("\"/bin/sh -c 'a() { b; }; c # d !'\""))
        .containsExactly("/bin/sh", "-c", "a() { b; }; c # d !");
  }

  @Test
  void an_unclosed_quote_is_found() {
    Statement statement = MemorySource.documentOf("notify 'a b").statements().getFirst();
    ScriptWords.Split split = ScriptWords.split(statement.line());
    assertThat(split.words()).hasSize(2);
    assertThat(split.unclosedQuote())
        .hasValueSatisfying(q -> assertThat(q.position()).hasToString("f:1:8"));
  }

  @Test
  void a_line_without_command_is_no_script() {
    Section root = MemorySource.documentOf("notify\nscript \"\"\nscript x").root();
    assertThat(root.script("notify")).isEmpty();
    assertThat(root.script("script")).isEmpty();
    assertThat(root.script("none")).isEmpty();
  }

  @Test
  void of_several_lines_the_first_counts() {
    Section root = MemorySource.documentOf("notify /a\nnotify /b").root();
    assertThat(root.script("notify").orElseThrow().command()).containsExactly("/a");
  }

  @Test
  void a_pattern_is_unescaped_once() {
    Section root = MemorySource.documentOf("regex \"^\\\\d+ 'x' \\\"y\\\"$\"").root();
    assertThat(root.pattern("regex")).hasValue("^\\d+ 'x' \"y\"$");
  }
}
