package io.keepstream.config.language;

import io.keepstream.config.Position;
import io.keepstream.config.Text;
import io.keepstream.config.Word;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns a file, with all it includes and expands to, into lines of words and braces. */
final class LogicalLines {
  private final Reading reading;
  private final Variables variables;
  private final Repetition repetition;
  private final Includes includes;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final Deque<FileFrame> files = new ArrayDeque<>();
  private boolean substituted;
  private Position here;

  LogicalLines(Reading reading, String file) {
    this.reading = reading;
    this.variables = new Variables(reading);
    this.repetition = new Repetition(reading, variables);
    this.includes = new Includes(reading);
    this.here = new Position(file, 1, 1);
    frames.push(new FileFrame(reading, file, here));
  }

  /** The next line or brace; empty at the end. */
  Optional<Token> next() {
    for (Optional<Text> line = take(); line.isPresent(); line = take()) {
      Optional<Token> token = process(line.get());
      if (token.isPresent()) {
        return token;
      }
    }
    return Optional.empty();
  }

  /** The place reading has come to. */
  Position here() {
    return here;
  }

  /** The next line of the topmost frame that has one; empty when no frame has. */
  private Optional<Text> take() {
    while (!frames.isEmpty()) {
      Frame top = frames.element();
      Optional<Text> line = readable(top) ? top.next() : Optional.empty();
      if (line.isEmpty() || top instanceof Frame.Rest) {
        frames.pop();
      }
      if (top == files.peek()) {
        here = files.element().here();
        if (line.isEmpty()) {
          files.pop();
        }
      }
      if (line.isPresent() && line.get().length() > 0) {
        substituted = top instanceof Frame.Rest rest && rest.substituted();
        return line;
      }
    }
    return Optional.empty();
  }

  private boolean readable(Frame frame) {
    return !(frame instanceof FileFrame file) || file.started() || begin(file);
  }

  private boolean begin(FileFrame file) {
    if (files.stream().anyMatch(open -> open.canonical().equals(file.canonical()))) {
      reading.error(file.includedAt(), "include loop: '" + file.path() + "' is being read already");
      return false;
    }
    file.start(files.isEmpty() ? Set.of() : file().checks());
    files.push(file);
    return true;
  }

  /** The innermost file being read. */
  private FileFrame file() {
    return files.element();
  }

  private Optional<Token> process(Text taken) {
    Text line = taken;
    if (line.startsWith("@")) {
      line = underCondition(line);
    }
    if (line.length() == 0 || variables.define(line, file())) {
      return Optional.empty();
    }
    if (Repetition.begins(line)) {
      repetition.read(line, file()).ifPresent(this::repeat);
      return Optional.empty();
    }
    Optional<Includes.Request> include = includes.request(line);
    if (include.isPresent()) {
      include(include.get());
      return Optional.empty();
    }
    return cutAtBrace(line);
  }

  /** What a conditional line says here; nothing when its condition fails. */
  private Text underCondition(Text line) {
    boolean negated = line.startsWith("@^");
    int end = 1;
    while (end < line.length() && !Text.isBlank(line.charAt(end))) {
      end++;
    }
    String id = line.subSequence(negated ? 2 : 1, end).toString();
    boolean holds = id.equals(reading.source().configurationId()) != negated;
    return holds ? line.from(end).trimmed() : line.subSequence(0, 0);
  }

  private void repeat(Repetition.Parsed parsed) {
    pushRest(parsed.rest(), false);
    frames.push(parsed.frame());
  }

  private void include(Includes.Request request) {
    FileFrame including = file();
    Text path = variables.substitute(request.path(), including).text();
    Set<IncludeCheck> checks = Includes.union(including.checks(), request.checks());
    List<String> files = includes.files(path, Paths.parent(including.path()), checks);
    pushRest(request.rest(), false);
    for (String file : files.reversed()) {
      frames.push(new FileFrame(reading, file, path.position()));
    }
  }

  private Optional<Token> cutAtBrace(Text line) {
    int brace = firstBrace(line);
    if (brace > 0) {
      return words(line.subSequence(0, brace).trimmed(), line.from(brace));
    }
    pushRest(line.from(1), substituted);
    Position position = line.position();
    return Optional.of(
        line.charAt(0) == '{' ? new Token.Open(position) : new Token.Close(position));
  }

  /** The first brace outside quotes that does not belong to a variable, or the length. */
  private static int firstBrace(Text line) {
    int[] referenceEnd = {0};
    return Quotes.find(
        line,
        index -> {
          char c = line.charAt(index);
          if (c == '{' && index > 0 && line.charAt(index - 1) == '$') {
            Reference.at(line, index - 1).ifPresent(r -> referenceEnd[0] = r.end());
          }
          return (c == '{' || c == '}') && index >= referenceEnd[0];
        });
  }

  private Optional<Token> words(Text head, Text rest) {
    if (!substituted) {
      Variables.Substituted result = variables.substitute(head, file());
      if (result.changed()) {
        pushSubstituted(result, rest);
        return Optional.empty();
      }
    }
    pushRest(rest, substituted);
    if (head.toString().endsWith("\\") && !head.toString().endsWith("\\\\")) {
      reading.warning(
          head.position(head.length() - 1),
          "a backslash does not continue this line; it becomes a part of the last word");
    }
    if (head.startsWith(IncludeCheck.KEYWORD)) {
      changeChecks(WordSplitter.split(head));
    }
    return Optional.of(new Token.Line(head));
  }

  private void pushSubstituted(Variables.Substituted result, Text rest) {
    Text code = Comments.strip(result.text(), reading);
    if (!Comments.cut(result.text(), code)) {
      pushRest(rest, false);
    }
    if (code.startsWith("@") && result.following().isEmpty()) {
      reading.warning(
          code.position(), "keepalived does not evaluate a condition that comes from a variable");
    }
    result.following().reversed().forEach(this::pushVariable);
    pushRest(code, true);
  }

  private void changeChecks(List<Word> words) {
    if (words.getFirst().text().equals(IncludeCheck.KEYWORD)) {
      FileFrame file = file();
      file.setChecks(IncludeCheck.changed(file.checks(), words.stream().skip(1).map(Word::text)));
    }
  }

  private void pushVariable(Frame.VariableLines lines) {
    boolean nested =
        frames.stream()
            .anyMatch(f -> f instanceof Frame.VariableLines v && v.name().equals(lines.name()));
    if (nested) {
      reading.error(here, "the variable '" + lines.name() + "' is defined by itself");
    } else if (lines.all().stream().allMatch(l -> reading.spend(l.length(), l.position()))) {
      frames.push(lines);
    }
  }

  private void pushRest(Text rest, boolean substituted) {
    Text trimmed = rest.trimmed();
    if (trimmed.length() > 0) {
      frames.push(new Frame.Rest(trimmed, substituted));
    }
  }
}
