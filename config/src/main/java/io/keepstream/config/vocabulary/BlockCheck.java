package io.keepstream.config.vocabulary;

import static java.util.stream.Collectors.joining;

import io.keepstream.config.Position;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds the statements of a block, and of the blocks inside, against the vocabulary. */
final class BlockCheck {
  /** More places than this are no help in a message. */
  private static final int MAX_LISTED = 3;

  private final Vocabulary vocabulary;
  private final Findings findings;
  private final Names names;

  BlockCheck(Vocabulary vocabulary, Findings findings, Names names) {
    this.vocabulary = vocabulary;
    this.findings = findings;
    this.names = names;
  }

  /** Checks {@code body}, the block of {@code path} that {@code header} opens. */
  void check(String path, List<Statement> body, Word header) {
    Scope scope = new Scope(path, body);
    Scope unopened = null;
    for (Statement statement : body) {
      Optional<Keyword> keyword = vocabulary.find(path, statement.keyword().text());
      if (keyword.isPresent()) {
        statement(scope, keyword.get(), statement);
        boolean lacksBrace =
            keyword.get().content() instanceof Content.Words && !statement.hasBody();
        unopened = lacksBrace ? new Scope(Block.path(path, keyword.get().word()), body) : null;
      } else if (unopened != null && vocabulary.find(unopened.path(), statement).isPresent()) {
        statement(unopened, vocabulary.find(unopened.path(), statement).orElseThrow(), statement);
      } else {
        unknown(path, statement.keyword());
      }
    }
    for (Keyword keyword : vocabulary.words(path)) {
      if (keyword.rules().required() && !scope.seen().containsKey(keyword.word())) {
        findings.error(
            header.position(), "%s: the word %s is missing".formatted(header, keyword.word()));
      }
    }
  }

  /** A block being checked, and what has been seen in it. */
  private record Scope(String path, List<Statement> body, Map<String, Position> seen) {
    Scope(String path, List<Statement> body) {
      this(path, body, new HashMap<>());
    }
  }

  private void unknown(String path, Word word) {
    if (findings.isFull()) {
      return;
    }
    String here = path.isEmpty() ? "outside all blocks" : "in " + path;
    List<String> elsewhere = vocabulary.pathsWith(word.text());
    List<String> known = vocabulary.words(path).stream().map(Keyword::word).toList();
    String hint = elsewhere.isEmpty() ? Nearest.hint(word.text(), known) : belongs(elsewhere);
    findings.error(word.position(), "unknown word '%s' %s%s".formatted(word, here, hint));
  }

  private static String belongs(List<String> paths) {
    return paths.getFirst().isEmpty()
        ? "; it belongs outside all blocks"
        : paths.stream().limit(MAX_LISTED).collect(joining(" or ", "; it belongs in ", ""));
  }

  private void statement(Scope scope, Keyword keyword, Statement statement) {
    String inside = Block.path(scope.path(), keyword.word());
    findings.used(scope.path(), keyword, statement.position());
    rules(scope, keyword, statement);
    switch (keyword.arguments()) {
      case Arguments.Script script ->
          LineCheck.checkScript(script, statement.line(), keyword, findings);
      case Arguments.Plain _, Arguments.Choice _ ->
          new LineCheck(findings, names, statement.arguments())
              .check(
                  keyword.arguments(),
                  new LineCheck.Owner(inside, keyword.word(), statement.position(), false));
    }
    content(inside, keyword, statement);
  }

  private void rules(Scope scope, Keyword keyword, Statement statement) {
    Keyword.Rules rules = keyword.rules();
    Position position = statement.position();
    Position before = scope.seen().putIfAbsent(keyword.word(), position);
    if (before != null && rules.repeat() != Keyword.Repeat.MANY) {
      boolean last = rules.repeat() == Keyword.Repeat.LAST_WINS;
      findings.warning(
          position,
          "%s is given already at %s; %s counts"
              .formatted(keyword.word(), before, last ? "this one" : "the first"));
    }
    findings.goingOutOfUse(keyword, position);
    if (!rules.after().isEmpty() && rules.after().stream().noneMatch(scope.seen()::containsKey)) {
      String others = String.join(" or ", rules.after());
      if (scope.body().stream().anyMatch(s -> rules.after().contains(s.keyword().text()))) {
        findings.warning(
            position, "keepalived wants %s to stand before %s".formatted(others, keyword.word()));
      } else {
        findings.error(position, "%s: %s is missing".formatted(keyword.word(), others));
      }
    }
  }

  private void content(String path, Keyword keyword, Statement statement) {
    boolean wanted = !(keyword.content() instanceof Content.None);
    if (wanted != statement.hasBody()) {
      findings.error(
          statement.position(),
          wanted
              ? "%s: expected '{'".formatted(keyword.word())
              : "%s: takes no block".formatted(keyword.word()));
      return;
    }
    switch (keyword.content()) {
      case Content.None _ -> {}
      case Content.Words _ -> check(path, statement.body(), statement.keyword());
      case Content.Lines(Arguments form) ->
          statement.body().forEach(line -> freeLine(path, form, keyword, line));
    }
  }

  private void freeLine(String path, Arguments form, Keyword keyword, Statement line) {
    LineCheck check = new LineCheck(findings, names, line.words());
    check.check(form, new LineCheck.Owner(path, keyword.word(), line.position(), false));
    if (line.hasBody()) {
      findings.error(line.position(), "a line of %s takes no block".formatted(keyword.word()));
    }
  }
}
