package io.keepstream.config.language;

import io.keepstream.config.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables: definition and substitution. A value counts as it is at the time of use. */
final class Variables {
  /** Deeper nesting is taken for a mistake. */
  private static final int MAX_NESTING = 50;

  private final Reading reading;
  private final Predefined predefined;
  private final Map<String, List<String>> values = new HashMap<>();

  Variables(Reading reading) {
    this.reading = reading;
    this.predefined = new Predefined(reading);
  }

  /** Sets a loop variable. */
  void set(String name, String value) {
    values.put(name, List.of(value));
  }

  /** Takes {@code line} as a definition if it is one; further lines come from {@code file}. */
  boolean define(Text line, FileFrame file) {
    if (!line.startsWith("$")) {
      return false;
    }
    int nameEnd = Reference.endOfName(line, 1);
    if (nameEnd == 1 || nameEnd == line.length() || line.charAt(nameEnd) != '=') {
      return false;
    }
    String name = line.subSequence(1, nameEnd).toString();
    values.put(name, valueLines(line.from(nameEnd + 1).trimmed(), file));
    return true;
  }

  private List<String> valueLines(Text first, FileFrame file) {
    List<String> lines = new ArrayList<>();
    Text line = first;
    while (continues(line)) {
      lines.add(line.subSequence(0, line.length() - 1).trimmed().toString());
      Optional<FileFrame.Line> next = file.nextLine();
      while (next.isPresent() && next.get().onlyComment()) {
        reading.warning(
            next.get().text().position(),
            "keepalived would end the definition at this comment; the definition goes on");
        next = file.nextLine();
      }
      if (next.isEmpty() || next.get().text().length() == 0) {
        return lines;
      }
      line = next.get().text();
    }
    lines.add(line.toString());
    return lines;
  }

  private static boolean continues(Text line) {
    return line.length() > 0 && line.charAt(line.length() - 1) == '\\';
  }

  /**
   * A line after substitution.
   *
   * @param text the line, up to the end of the first line of a multi-line variable
   * @param following the other lines of that variable, those of an inner variable first
   * @param changed whether anything was replaced
   */
  record Substituted(Text text, List<Frame.VariableLines> following, boolean changed) {}

  /** Substitutes in {@code line}, which belongs to {@code file}. */
  Substituted substitute(Text line, FileFrame file) {
    if (line.indexOf('$', 0) < 0) {
      return new Substituted(line, List.of(), false);
    }
    Pass pass = new Pass(file, new Text.Builder(line.position()));
    pass.copy(line, true);
    Text text = pass.changed ? pass.out.build() : line;
    return new Substituted(text, pass.following, pass.changed);
  }

  /** One pass over one line, values within values included. */
  private final class Pass {
    private final FileFrame file;
    private final Text.Builder out;
    private final Set<String> open = new HashSet<>();
    private final List<Frame.VariableLines> following = new ArrayList<>();
    private boolean changed;

    Pass(FileFrame file, Text.Builder out) {
      this.file = file;
      this.out = out;
    }

    void copy(Text text, boolean last) {
      boolean quoted = false;
      int index = 0;
      while (index < text.length()) {
        int end = index + 1;
        char c = text.charAt(index);
        Optional<Reference> reference = c == '$' ? Reference.at(text, index) : Optional.empty();
        if (reference.isPresent()) {
          end = reference.get().end();
          if (replace(reference.get(), text, last && end == text.length(), quoted)) {
            changed = true;
            index = end;
            continue;
          }
        }
        quoted ^= c == '"';
        out.append(text.subSequence(index, end));
        index = end;
      }
    }

    private boolean replace(Reference reference, Text text, boolean last, boolean quoted) {
      Optional<List<String>> found = valueOf(reference, text, quoted);
      if (found.isEmpty()) {
        return false;
      }
      String name = reference.name();
      List<String> lines = found.get();
      var position = text.position(reference.start());
      if (open.contains(name) || open.size() >= MAX_NESTING) {
        reading.error(
            position, "the variable '" + name + "' is defined by itself, or nested too deep");
        return false;
      }
      if (lines.size() > 1 && !last) {
        reading.warning(
            position, "'" + name + "' has several lines and is replaced only at the end of a line");
        return false;
      }
      if (!reading.spend(lines.getFirst().length(), position)) {
        return false;
      }
      open.add(name);
      copy(Text.at(position, lines.getFirst()), last);
      open.remove(name);
      if (lines.size() > 1) {
        List<Text> others = lines.stream().skip(1).map(l -> Text.at(position, l)).toList();
        following.add(new Frame.VariableLines(name, others));
      }
      return true;
    }

    private Optional<List<String>> valueOf(Reference reference, Text text, boolean quoted) {
      List<String> defined = values.get(reference.name());
      if (defined != null && reference.parameters().isEmpty()) {
        return Optional.of(defined);
      }
      Optional<String> value = predefined.value(reference, file);
      if (value.isEmpty() && reference.braced()) {
        var position = text.position(reference.start());
        String message = "the variable '" + reference.name() + "' is not defined";
        if (quoted) {
          reading.note(position, message);
        } else {
          reading.warning(position, message);
        }
      }
      return value.map(List::of);
    }
  }
}
