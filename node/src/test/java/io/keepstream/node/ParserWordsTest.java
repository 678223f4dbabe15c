package io.keepstream.node;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Document;
import io.keepstream.config.Section;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.SystemSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The words of the language itself: one example for each row of the reference table. */
class ParserWordsTest {
  /** What a file says, and its lines with words divided by bars. */
  private record Example(String text, String lines) {}

  private static final Map<String, Example> EXAMPLES =
      Map.ofEntries(
          entry("#", new Example("a # b", "a")),
          entry("!", new Example("a ! b", "a")),
          entry("double quotes", new Example("a \"b # {\"", "a|b # {")),
          entry("{", new Example("a { b\n}", "a {b}")),
          entry("}", new Example("a {\n} b", "a {}; b")),
          entry("include", new Example("include *.inc", "x")),
          entry("includer", new Example("includer one.inc", "x")),
          entry("includem", new Example("includem one.inc", "x")),
          entry("includew", new Example("includew o*.inc", "x")),
          entry("includeb", new Example("includeb {one,one}.inc", "x; x")),
          entry("includea", new Example("includea ./one.inc", "x")),
          entry("@NAME", new Example("@lb1 a\n@lb2 b", "a")),
          entry("@^NAME", new Example("@^lb1 a\n@^lb2 b", "b")),
          entry("$NAME=", new Example("$A=1\na ${A}", "a|1")),
          entry("$NAME=TEXT \\", new Example("$A=a \\\nb\n$A", "a; b")),
          entry("${NAME}", new Example("$A=1\na x${A}y", "a|x1y")),
          entry("$NAME", new Example("$A=1\na $A $Ay", "a|1|$Ay")),
          entry("~SEQ", new Example("~SEQ(I,2) a $I", "a|1; a|2")),
          entry("~SEQx", new Example("~SEQx(I,10,11) a $I", "a|a; a|b")),
          entry("~LST", new Example("~LST({I,J}, {1,2}, {3}) a $I <${J}>", "a|1|<2>; a|3|<>")),
          entry("_PWD", new Example("a ${_PWD}", "a|DIRECTORY")),
          entry("_INSTANCE", new Example("a $_INSTANCE", "a|lb1")),
          entry("_RANDOM", new Example("a ${_RANDOM 7 7}", "a|7")),
          entry("_ENV", new Example("a <${_ENV NO_SUCH_VARIABLE}>", "a|<>")),
          entry("_HASH", new Example("a \"${_HASH}\"", "a|#")),
          entry("_BANG", new Example("a \"${_BANG}\"", "a|!")),
          entry("BOOL", new Example("a yes", "a|yes")));

  @TempDir Path directory;

  static Stream<KeywordRow> rows() {
    return KeywordRow.all().stream().filter(row -> row.area().equals("parser"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void each_has_its_meaning(KeywordRow row) throws IOException {
    Example example = EXAMPLES.get(row.keyword());
    Document document = read(example.text());
    assertThat(lines(document.statements()))
        .isEqualTo(example.lines().replace("DIRECTORY", directory.toRealPath().toString()));
    assertThat(document.diagnostics()).isEmpty();
  }

  @Test
  void truth_has_six_words() throws IOException {
    Section root = read("on on\ntrue true\nyes yes\noff off\nfalse false\nno no\nbare").root();
    assertThat(Stream.of("on", "true", "yes", "bare")).allMatch(word -> root.bool(word, false));
    assertThat(Stream.of("off", "false", "no")).noneMatch(word -> root.bool(word, true));
  }

  private Document read(String text) throws IOException {
    Files.writeString(directory.resolve("one.inc"), "x\n");
    Path file = Files.writeString(directory.resolve("main.conf"), text);
    return ConfigReader.read(file.toString(), new SystemSource("lb1", new Random(1)));
  }

  private static String lines(List<Statement> statements) {
    return statements.stream().map(ParserWordsTest::line).collect(Collectors.joining("; "));
  }

  private static String line(Statement statement) {
    String words = statement.words().stream().map(Word::text).collect(Collectors.joining("|"));
    return statement.hasBody() ? words + " {" + lines(statement.body()) + "}" : words;
  }
}
