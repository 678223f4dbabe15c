package io.keepstream.config.language;

import static io.keepstream.config.language.Rule.rule;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Definitions, substitution and repetition: one row per rule. */
class VariableRulesTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource({"definitions", "multiLine", "predefined", "sequences", "lists"})
  void rule_holds(Rule rule) {
    rule.holdsIn(new MemorySource().variable("HOME", "/root"));
  }

  static List<Rule> definitions() {
    return List.of(
        rule("a braced name is replaced anywhere", "$A=1\nx a${A}b ${A}${A}", "x|a1b|11"),
        rule("a braced name is replaced inside quotes", "$A=1 2\nx \"${A}\"", "x|1 2"),
        rule(
            "a bare name is replaced before blank, comma, parenthesis and the end",
            "$A=1\nx $A $A, ($A) $A",
            "x|1|1,|(1)|1"),
        rule("a bare name stays before other text", "$A=1\nx \"$A\" $Ab $A$A", "x|$A|$Ab|$A1"),
        rule("blanks behind = are dropped", "$A=  1 \nx ${A}y", "x|1y"),
        rule("a blank before = makes it a keyword", "$A = 1", "$A|=|1"),
        rule("a name does not begin with a digit", "$1A=2\nx ${1A}", "$1A=2; x|$ {1A}"),
        rule("names may hold digits and underscores", "$A_1=2\nx $A_1", "x|2"),
        rule("the value in force at the time of use counts", "$A=1\nx $A\n$A=2\ny $A", "x|1; y|2"),
        rule("replacement is recursive", "$A=1\n$B=<${A}>\n$A=2\nx $B", "x|<2>"),
        rule("an undefined bare name stays", "x $A", "x|$A"),
        rule(
            "an undefined braced name stays with a warning",
            "x ${A}",
            "x|${A}",
            "f:1:3: warning: the variable 'A' is not defined"),
        rule(
            "in quotes it may be meant for a shell",
            "x \"${A}\"",
            "x|${A}",
            "f:1:4: note: the variable 'A' is not defined"),
        rule("$( is no variable", "x \"$(id) $\"", "x|$(id) $"),
        rule("a definition inside a block", "a {\n$A=1\nb $A\n}\nc $A", "a {b|1}; c|1"),
        rule("an empty value", "$A=\nx ${A}y ${A}", "x|y"),
        rule("a line that becomes empty vanishes", "$A=\n${A}\nx", "x"),
        rule("a value may hold several words and braces", "$A=a { b }\n$A\nx", "a {b}; x"),
        rule("a value brings in quotes", "$A=\"a b\"\nx $A", "x|a b"),
        rule("a comment ends the value", "$A=1 # one\nx $A", "x|1"),
        rule("a value that brings in # starts a comment", "x a${_HASH}b { c }\ny", "x|a; y"),
        rule("an escaped # in a value is text", "$A=a\\#b\nx $A", "x|a#b"),
        rule("a condition may define", "@node1 $A=1\n@node2 $A=2\nx $A", "x|1"),
        rule(
            "a condition from a variable holds, with a warning",
            "$A=@node2\n$B=@node1\n${A} x\n${B} y",
            "y",
            "f:3:1: warning: keepalived does not evaluate",
            "f:4:1: warning"),
        rule(
            "a variable that holds itself stays",
            "$A=<${A}>\nx ${A}",
            "x|<${A}>",
            "f:2:3: error: the variable 'A' is defined by itself"),
        rule(
            "variables that hold each other",
            "$A=${B}\n$B=${A}\nx ${A}",
            "x|${A}",
            "defined by itself"));
  }

  static List<Rule> multiLine() {
    return List.of(
        rule(
            "a backslash continues a definition",
            "$A=a 1 \\\n  b 2 \\\nc 3\n$A\nd",
            "a|1; b|2; c|3; d"),
        rule("text before it joins the first line", "$A=1 \\\nb\nx y $A", "x|y|1; b"),
        rule("a blank line ends the definition", "$A=a \\\n\nb\n$A", "b; a"),
        rule("an indented blank line as well", "$A=a \\\nb \\\n   \nc\n$A", "c; a; b"),
        rule(
            "a comment inside is skipped",
            "$A=a \\\n# c\nb\n$A",
            "a; b",
            "f:2:1: warning: keepalived would end the definition"),
        rule(
            "it is replaced only at the end of a line",
            "$A=a \\\nb\n$A x\ny ${A}",
            "$A|x; y|a; b",
            "f:3:1: warning: 'A' has several lines"),
        rule(
            "its lines may hold conditions and definitions",
            "$A=@node2 a \\\n@node1 b \\\n$B=1 \\\nc $B\n$A",
            "b; c|1"),
        rule("its lines may hold blocks", "$A=a { \\\nb \\\n}\n$A", "a {b}"),
        rule("its lines may hold repetitions", "$A=a \\\n~SEQ(I,2) b $I\n$A\nc", "a; b|1; b|2; c"),
        rule("it may hold another one", "$B=b \\\nc\n$A=a $B \\\nd\n$A", "a|b; c; d"),
        rule("it stands before a brace as well", "$A=a \\\nb\nx { $A }\ny", "x {a; b}; y"),
        rule(
            "one that holds itself ends",
            "$A=a \\\n$A\n$A",
            "a; a",
            "error: the variable 'A' is defined by itself"),
        rule("it ends with its file", "$A=a \\", ""));
  }

  static List<Rule> predefined() {
    return List.of(
        rule("_PWD is the directory of the file", "x ${_PWD}/a $_PWD", "x|/etc/a|/etc"),
        rule("_INSTANCE is the configuration id", "x ${_INSTANCE}", "x|node1"),
        rule("_RANDOM needs no bounds", "x ${_RANDOM}", "x|0"),
        rule("_RANDOM takes bounds", "x ${_RANDOM 5} ${_RANDOM 7 9}", "x|5|7"),
        rule("_RANDOM refuses other bounds", "x \"${_RANDOM 9 7}\"", "x|${_RANDOM 9 7}", "note"),
        rule("_ENV gives the environment", "x ${_ENV HOME} <${_ENV NONE}>", "x|/root|<>"),
        rule("_HASH and _BANG work in quotes", "x \"${_HASH}a${_BANG}\"", "x|#a!"),
        rule("they may be redefined", "$_PWD=/a\nx ${_PWD}", "x|/a"));
  }

  static List<Rule> sequences() {
    return List.of(
        rule("~SEQ counts from 1", "~SEQ(I,3) x $I", "x|1; x|2; x|3"),
        rule("a negative end counts from -1", "~SEQ(I,-2) x $I", "x|-1; x|-2"),
        rule("an end of 0 counts 1, 0", "~SEQ(I,0) x $I", "x|1; x|0"),
        rule("start and end", "~SEQ(I,3,5) x $I", "x|3; x|4; x|5"),
        rule("start and end downwards", "~SEQ(I,5,4) x $I", "x|5; x|4"),
        rule("start, step, end", "~SEQ(I,1,3,8) x $I", "x|1; x|4; x|7"),
        rule("a negative step", "~SEQ(I,8,-4,0) x $I", "x|8; x|4; x|0"),
        rule("a step of the wrong sign", "~SEQ(I,1,-1,8) x $I\ny", "y", "error: steps of -1"),
        rule("a step of 0", "~SEQ(I,1,0,8) x $I\ny", "y", "error: steps of 0"),
        rule("numbers in C notation", "~SEQ(I, 0x10, 021) x $I", "x|16; x|17"),
        rule(
            "~SEQx prints hexadecimal",
            "~SEQx(I, 9, 11) x 2001::${I}",
            "x|2001::9; x|2001::a; x|2001::b"),
        rule(
            "~SEQx refuses negative numbers",
            "~SEQx(I,-2) x",
            "",
            "error: ~SEQx knows no negative"),
        rule("bounds may be variables", "$N=2\n~SEQ(I, ${N}, $N) x $I", "x|2"),
        rule(
            "repetitions nest, leftmost outermost",
            "~SEQ(I,2) ~SEQ(J,2) x $I$J ${I}${J}",
            "x|$I1|11; x|$I2|12; x|$I1|21; x|$I2|22"),
        rule(
            "an inner bound may use the outer variable",
            "~SEQ(I,2) ~SEQ(J,$I) x $J",
            "x|1; x|1; x|2"),
        rule("the variable keeps its last value", "~SEQ(I,2) x\ny $I", "x; x; y|2"),
        rule("the line may hold blocks", "~SEQ(I,2) a $I { b }", "a|1 {b}; a|2 {b}"),
        rule(
            "behind a brace it leaves the closing one",
            "a { ~SEQ(I,2) b $I }\nc",
            "a {b|1; b|2}; c",
            "f:1:20: warning: keepalived would repeat this closing brace"),
        rule(
            "twice in a file",
            "a { ~SEQ(I,2) b $I\n}\nc { ~SEQ(I,2) d $I\n}",
            "a {b|1; b|2}; c {d|1; d|2}"),
        rule("the line may include", "~SEQ(I,2) include none$I", "", "note", "note"),
        rule("no parenthesis", "~SEQ(I,2 x\ny", "y", "f:1:1: error: the closing parenthesis"),
        rule(
            "no number",
            "~SEQ(I) x\n~SEQ(I,a) x\n~SEQ(,2) x",
            "",
            "expected ~SEQ",
            "expected ~SEQ",
            "expected ~SEQ"),
        rule("other lines with ~ pass", "~SEQUENCE a\n~x", "~SEQUENCE|a; ~x"));
  }

  static List<Rule> lists() {
    return List.of(
        rule("~LST gives each value", "~LST(V, a, b c) x $V", "x|a; x|b; x|c"),
        rule("~LST with tuples", "~LST({V,W}, {a,1}, {b, 2}) x $V $W", "x|a|1; x|b|2"),
        rule("missing members are empty", "~LST({V,W}, {a}, {b,2}) x $V <${W}>", "x|a|<>; x|b|<2>"),
        rule(
            "surplus members are an error",
            "~LST({V}, {a,b}) x\ny",
            "y",
            "error: a list of values has more"),
        rule("a name is needed", "~LST(1, a) x\ny", "y", "error: expected ~LST"),
        rule("no values, no lines", "~LST(V) x\ny", "y"),
        rule("values may come from a variable", "$L=a, b\n~LST(V, $L) x $V", "x|a; x|b"),
        rule("with a sequence", "~LST(V, a, b) ~SEQ(I,2) x ${V}${I}", "x|a1; x|a2; x|b1; x|b2"));
  }
}
