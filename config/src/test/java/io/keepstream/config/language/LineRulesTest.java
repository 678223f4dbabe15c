package io.keepstream.config.language;

import static io.keepstream.config.language.Rule.rule;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How text becomes lines of words and blocks: one row per rule. */
class LineRulesTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void rule_holds(Rule rule) {
    rule.holdsIn(new MemorySource());
  }

  static List<Rule> rules() {
    return List.of(
        rule("blanks and tabs at both ends go", "  \ta b \t\n", "a|b"),
        rule("words are separated by blank, tab, FF, VT and CR", "a \t\f\u000b\rb", "a|b"),
        rule("a line of separators is empty", "a {\n\f\u000b\r \t\n}\n\f", "a {}"),
        rule("CRLF ends a line like LF", "a b\r\nc\r\n", "a|b; c"),
        rule("the last line needs no line end", "a\nb", "a; b"),
        rule("an empty file has no statements", "", ""),
        rule("# ends a line anywhere", "a b#c\n#d\n e # f", "a|b; e"),
        rule("! ends a line anywhere", "a b!c\n!d\n e ! f", "a|b; e"),
        rule("# and ! inside double quotes are text", "a \"b#c!d\"", "a|b#c!d"),
        rule("single quotes protect nothing", "a 'b # c'", "a|'b"),
        rule("\\# and \\! lose the backslash and stay", "a \\#b c\\!d", "a|#b|c!d"),
        rule("another backslash stays", "a b\\c", "a|b\\c"),
        rule("a comment hides quotes and braces", "a # \" { }", "a"),
        rule(
            "an odd quote is an error and the line is used",
            "a \"b c",
            "a|b c",
            "f:1:3: error: this quote is not closed"),
        rule("quotes make one word", "a \"b c\" d", "a|b c|d"),
        rule("empty quotes are an empty word", "a \"\" b", "a||b"),
        rule("a quote starts a new word in mid-text", "a\"b c\"d", "a|b c|d"),
        rule("a quoted keyword is a keyword", "\"state\" MASTER", "state|MASTER"),
        rule("a semicolon is an ordinary character", "a; b;c", "a;|b;c"),
        rule(
            "there is no line continuation",
            "a b\\\nc",
            "a|b\\; c",
            "f:1:4: warning: a backslash does not continue this line"),
        rule(
            "a line with NUL is ignored",
            "a\nb\0c\nd",
            "a; d",
            "f:2:2: error: the line is ignored"),
        rule(
            "a line keepalived would tear is kept whole",
            "a " + "b".repeat(1100),
            "a|" + "b".repeat(1100),
            "f:1:1: warning: keepalived would tear"),
        rule("a block opens on the same line", "a b {\nc\n}", "a|b {c}"),
        rule("a block opens on a later line", "a b\n\n# x\n{\nc\n}", "a|b {c}"),
        rule("a whole block on one line", "a { b c }", "a {b|c}"),
        rule("braces need no blanks", "a{b{c}}d", "a {b {c}}; d"),
        rule("several blocks on a line", "a { b } c { d }", "a {b}; c {d}"),
        rule("a closing brace may be followed by a keyword", "a {\nb\n} c d", "a {b}; c|d"),
        rule("an empty block", "a {}", "a {}"),
        rule("braces in double quotes are text", "a \"{ b }\"", "a|{ b }"),
        rule("an escaped quote hides a brace but ends the word", "a \"b\\\"{\"", "a|b\\|{|"),
        rule(
            "a brace without a keyword is an error and its block goes",
            "{ a }\nb",
            "b",
            "f:1:1: error: this '{' has no keyword"),
        rule(
            "a second brace has no keyword either",
            "a { b } { c }\nd",
            "a {b}; d",
            "f:1:9: error: this '{' has no keyword"),
        rule(
            "a surplus brace is an error and reading goes on",
            "a { b }\n}\nc",
            "a {b}; c",
            "f:2:1: error: this '}' closes nothing"),
        rule(
            "a missing brace is reported with the place of its opening",
            "a {\nb {\nc\n}\nd\n",
            "a {b {c}; d}",
            "f:5:1: error: missing '}': 'a', opened at f:1:3, is not closed"),
        rule("@id keeps the rest of the line here", "@node1 a b\n@node2 c", "a|b"),
        rule("@^id keeps the rest of the line elsewhere", "@^node1 a b\n@^node2 c", "c"),
        rule("a condition with nothing behind it vanishes", "@node1\n@^node2\na", "a"),
        rule("the id must be equal, not a prefix", "@node a\n@node11 b", ""),
        rule("a condition counts only at the start of a line", "a @node1 b", "a|@node1|b"),
        rule("a second condition is not evaluated", "@node1 @node1 a", "@node1|a"),
        rule("a condition may stand behind a brace", "a { @node1 b\n@node2 c\n}", "a {b}"),
        rule(
            "real: options on one line",
            "virtual_ipaddress { 10.0.0.1/24 dev eth0 label eth0:1 }",
            "virtual_ipaddress {10.0.0.1/24|dev|eth0|label|eth0:1}"),
        rule(
            "real: a tracked script on one line",
            "track_script { chk weight 2 }",
            "track_script {chk|weight|2}"),
        rule("real: a comment behind a value", "priority 100   # higher wins", "priority|100"),
        rule(
            "real: a shell command in quotes",
            "script \"/bin/bash -c 'if [[ $(netstat -nlp | grep 9443) ]]; then exit 0; else exit 1;"
                + " fi'\"",
            "script|/bin/bash -c 'if [[ $(netstat -nlp | grep 9443) ]]; then exit 0; else exit 1;"
                + " fi'"));
  }
}
