package io.keepstream.config.vocabulary;

import static io.keepstream.config.vocabulary.Block.TOP_LEVEL;
import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.command;
import static io.keepstream.config.vocabulary.Keyword.script;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.anywhere;
import static io.keepstream.config.vocabulary.Params.bool;
import static io.keepstream.config.vocabulary.Params.defines;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.ip;
import static io.keepstream.config.vocabulary.Params.many;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.optional;
import static io.keepstream.config.vocabulary.Params.port;
import static io.keepstream.config.vocabulary.Params.prefix;
import static io.keepstream.config.vocabulary.Params.refersBackTo;
import static io.keepstream.config.vocabulary.Params.refersTo;
import static io.keepstream.config.vocabulary.Params.seconds;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;
import static io.keepstream.config.vocabulary.Status.NOT_YET;
import static io.keepstream.config.vocabulary.Status.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.language.MemorySource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine, with a small vocabulary of its own. */
class VocabularyTest {
  private static final Arguments LINE =
      new Arguments.Plain(
          List.of(anywhere(prefix())),
          List.of(
              word("dev", ACTS, text("interface")),
              word("mtu", ACTS, optional(oneOf("lock")), integer(0, 9000)),
              word("hop", ACTS)
                  .options(List.of(word("via", ACTS, ip()), word("weight", ACTS, integer(1, 9))))
                  .many(),
              word("back", ACTS).after("dev")));
  private static final Vocabulary VOCABULARY =
      Vocabulary.of(
          List.of(
              block(
                  TOP_LEVEL,
                  word("router", ACTS, defines("router")).block(),
                  word("check", ACTS, defines("check")).block(),
                  word("group", ACTS).lines(many(refersTo("router"))),
                  word("server", ACTS)
                      .with(
                          new Arguments.Choice(
                              List.of(word("mark", ACTS, integer(0, 9))),
                              List.of(ip(), optional(port()))))),
              block(
                  "router",
                  word("priority", ACTS, integer(1, 255)),
                  word("state", ACTS, oneOf("MASTER", "BACKUP")),
                  word("interval", ACTS, seconds("0.01", "255")),
                  word("preempt", ACTS),
                  word("alert", ACTS, bool()),
                  word("route", ACTS).lines(LINE),
                  script("notify", ACTS)),
              block(
                  "router",
                  word("track", ACTS).lines(refersBackTo("check")),
                  word("later", NOT_YET, optional(text("x"))),
                  word("never", accepted("there is no need")),
                  word("old", ACTS).deprecated("preempt"),
                  word("second", ACTS).after("priority")),
              block("check", command("script", ACTS).required())));

  private static List<String> check(String text) {
    return VOCABULARY.check(MemorySource.documentOf(text)).stream()
        .map(Diagnostic::toString)
        .toList();
  }

  private static List<String> inRouter(String line) {
    return check("router R {\n" + line + "\n}");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "priority 100",
        "state MASTER",
        "interval 0.5",
        "preempt",
        "alert",
        "alert off",
        "notify \"/bin/x 'a b'\" root root",
        "route { 10.0.0.0/8 dev eth0 mtu lock 1500 back }",
        "route { dev eth0 10.0.0.0/8 }",
        "route { 10.0.0.0/8 hop via 10.0.0.1 weight 2 hop via 10.0.0.2 }",
      })
  void well_formed_lines_pass(String line) {
    assertThat(inRouter(line)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "prioriti 100 | f:2:1: error: unknown word 'prioriti' in router; did you mean 'priority'?",
        "PRIORITY 100 | f:2:1: error: unknown word 'PRIORITY' in router; did you mean 'priority'?",
        "qwertz | f:2:1: error: unknown word 'qwertz' in router",
        "script /x | f:2:1: error: unknown word 'script' in router; it belongs in check",
        "server ::1 | f:2:1: error: unknown word 'server' in router; it belongs outside all blocks",
        "priority | f:2:1: error: priority: expected whole number 1..255",
        "priority 300 | f:2:10: error: priority: found '300', expected whole number 1..255 (out of range)",
        "priority 10x | f:2:10: error: priority: found '10x', expected whole number 1..255",
        "priority 1 2 | f:2:12: warning: '2' is one word too many behind priority",
        "state MASTR | f:2:7: error: state: found 'MASTR', expected MASTER|BACKUP; did you mean 'MASTER'?",
        "interval 1.0000004 | f:2:10: warning: interval: '1.0000004' is rounded to 6 decimals",
        "interval 256 | f:2:10: error: interval: found '256', expected seconds 0.01..255 (out of range)",
        "preempt off | f:2:9: warning: 'off' has no effect: the word preempt alone switches on",
        "alert maybe | f:2:7: error: alert: found 'maybe', expected on|true|yes|off|false|no",
        "preempt { x } | f:2:1: error: preempt: takes no block",
        "notify | f:2:1: error: notify: expected command",
        "notify '' | f:2:1: error: notify: expected command",
        "notify /x u g arg | f:2:15: warning: 'arg' is not a part of the command",
        "notify \"/x 'a\" | f:2:12: error: this quote is not closed inside the command",
        "old | f:2:1: warning: old is going out of use; write preempt",
        "later | f:2:1: note: later: accepted, not acted on yet",
        "never | f:2:1: note: never: accepted without effect: there is no need",
        "route | f:2:1: error: route: expected '{'",
        "route { dev eth0 } | f:2:9: error: route: expected address[/prefix]",
        "route { 10.0.0.0/99 } | f:2:9: warning: route: '10.0.0.0/99' has a bad prefix length",
        "route { 10.0.0.0/8 dve eth0 } | f:2:20: error: route: unknown word 'dve'; did you mean 'dev'?",
        "route { 10.0.0.0/8 zzz } | f:2:20: error: route: unknown word 'zzz'; expected one of back dev hop mtu",
        "route { dv eth0 } | f:2:9: error: route: unknown word 'dv'; did you mean 'dev'?",
        "route { ten dev eth0 } | f:2:9: error: route: found 'ten', expected address[/prefix]",
        "route { 10.0.0.0/8 dev } | f:2:20: error: dev: expected interface",
        "route { 10.0.0.0/8 mtu lock } | f:2:20: error: mtu: expected whole number 0..9000",
        "route { 10.0.0.0/8 mtu x } | f:2:24: error: mtu: found 'x', expected whole number 0..9000",
        "route { 10.0.0.0/8 dev a dev b } | f:2:26: warning: dev is given twice in this line",
        "route { 10.0.0.0/8 back dev a } | f:2:20: error: back: expected behind dev",
        "route { 10.0.0.0/8 hop via x } | f:2:28: error: via: found 'x', expected IP address",
        "route { 10.0.0.0/8 { x } } | f:2:9: error: a line of route takes no block",
      })
  void malformed_lines_are_reported(String line, String problem) {
    assertThat(inRouter(line)).singleElement().asString().startsWith(problem);
  }

  @Test
  void the_first_word_may_decide() {
    assertThat(check("server 10.0.0.1 80\nserver ::1\nserver mark 5")).hasSize(2);
    assertThat(check("server mark")).singleElement().asString().contains("mark: expected whole");
    assertThat(check("server mork 5")).singleElement().asString().contains("server: found 'mork'");
    assertThat(check("server")).singleElement().asString().contains("server: expected IP address");
    assertThat(check("server mark 5 6")).singleElement().asString().contains("one word too many");
  }

  @Test
  void a_missing_value_is_a_missing_parameter() {
    assertThat(VOCABULARY.check(MemorySource.documentOf("router\n{\n}\nserver")))
        .extracting(Diagnostic::kind)
        .containsExactly(Kind.MISSING_PARAMETER, Kind.MISSING_PARAMETER);
  }

  @Test
  void the_block_of_an_unknown_word_is_one_problem() {
    assertThat(check("rooter R {\n priority 999\n x { y }\n}"))
        .containsExactly(
            "f:1:1: error: unknown word 'rooter' outside all blocks; did you mean 'router'?");
  }

  @Test
  void a_missing_brace_does_not_make_its_block_unknown() {
    assertThat(check("router R\npriority 100\nstate BAD\n"))
        .containsExactly(
            "f:1:1: error: router: expected '{'",
            "f:3:7: error: state: found 'BAD', expected MASTER|BACKUP");
  }

  @Test
  void a_word_its_block_cannot_do_without() {
    assertThat(check("check C {\n}"))
        .containsExactly("f:1:1: error: check: the word script is missing");
  }

  @Test
  void doubled_words() {
    assertThat(inRouter("priority 1\npriority 2"))
        .containsExactly("f:3:1: warning: priority is given already at f:2:1; this one counts");
    assertThat(inRouter("notify /a\nnotify /b"))
        .containsExactly("f:3:1: warning: notify is given already at f:2:1; the first counts");
    assertThat(inRouter("route { 10.0.0.1 }\nroute { 10.0.0.2 }")).isEmpty();
  }

  @Test
  void misplaced_words() {
    assertThat(inRouter("priority 1\nsecond")).isEmpty();
    assertThat(inRouter("second\npriority 1"))
        .containsExactly("f:2:1: warning: keepalived wants priority to stand before second");
    assertThat(inRouter("second")).containsExactly("f:2:1: error: second: priority is missing");
  }

  @Test
  void names() {
    assertThat(check("router A {\n}\nrouter A {\n}"))
        .containsExactly("f:3:8: error: router 'A' is defined already at f:1:8");
    assertThat(check("group { A B }\nrouter A {\n}\nrouter B {\n}")).isEmpty();
    assertThat(check("group { web1 }\nrouter web2 {\n}"))
        .containsExactly("f:1:9: error: no router is named 'web1'; did you mean 'web2'?");
    assertThat(check("check C { script /x\n}\nrouter A { track { C } }")).isEmpty();
    assertThat(check("router A { track { C } }\ncheck C { script /x\n}"))
        .containsExactly(
            "f:1:20: warning: keepalived wants check 'C' to be defined before this line; it is at"
                + " f:2:7");
  }

  @Test
  void a_word_without_effect_is_noted_once() {
    assertThat(inRouter("later\nlater x")).filteredOn(p -> p.contains("note")).hasSize(1);
  }

  @Test
  void what_is_dangerous_to_overlook_is_no_mere_note() {
    Block top =
        block(
            TOP_LEVEL,
            word("space", Status.REFUSED, text("name")),
            word("check", Status.notYet("so all is believed to be well")));
    assertThat(Vocabulary.of(List.of(top)).check(MemorySource.documentOf("space a\ncheck\ncheck")))
        .extracting(Diagnostic::toString)
        .contains(
            "f:1:1: error: space: not supported yet",
            "f:2:1: warning: check: not acted on yet, so all is believed to be well");
  }

  @Test
  void declarations_must_fit_together() {
    Block block = block(TOP_LEVEL, word("a", ACTS));
    assertThatThrownBy(() -> Vocabulary.of(List.of(block, block)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("declared twice: a");
    assertThatThrownBy(() -> Vocabulary.of(List.of(block, block("b", word("c", ACTS)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("declared [, b]");
  }

  @Test
  void the_words_of_lines_are_listed_under_their_keyword() {
    assertThat(VOCABULARY.entries())
        .extracting(entry -> entry.path() + " " + entry.keyword().usage())
        .contains(
            "router priority whole number 1..255",
            "router/route dev interface",
            "router/route mtu [lock] whole number 0..9000",
            "router/route/hop via IP address",
            "router notify command [user [group]]",
            " router name { ... }",
            "router track { name of a check ... }",
            " server IP address [port 1..65535] | mark whole number 0..9");
  }

  @Test
  void problems_are_listed_up_to_a_bound() {
    assertThat(check("x\n".repeat(50_000))).hasSize(1001);
  }
}
