package io.keepstream.config.language;

import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.Position;
import io.keepstream.config.Text;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Recognises include lines and finds the files they name. */
final class Includes {
  private static final int LONGEST_KEYWORD = "includer".length();

  private final Reading reading;

  Includes(Reading reading) {
    this.reading = reading;
  }

  /**
   * An include line.
   *
   * @param checks what the keyword demands
   * @param path behind the keyword, as written
   * @param rest a closing brace that is not the path's, and what follows it
   */
  record Request(Set<IncludeCheck> checks, Text path, Text rest) {}

  /** Reads {@code line}, which is not trimmed but begins with its first word. */
  Optional<Request> request(Text line) {
    int end = 0;
    while (end < line.length() && !Text.isBlank(line.charAt(end))) {
      if (++end > LONGEST_KEYWORD) {
        return Optional.empty();
      }
    }
    int pathAt = end;
    return IncludeCheck.demandedBy(line.subSequence(0, end).toString())
        .map(checks -> request(checks, line.from(pathAt)));
  }

  private Request request(Set<IncludeCheck> checks, Text behind) {
    int close = Quotes.unmatchedClose(behind);
    Text path = behind.subSequence(0, close).trimmed();
    if (close < behind.length()) {
      reading.warning(
          behind.position(close),
          "keepalived would take this closing brace for a part of the file name; put it on a line"
              + " of its own");
    }
    if (path.length() > 1 && path.charAt(0) == '"' && path.charAt(path.length() - 1) == '"') {
      reading.warning(path.position(), "keepalived would take the quotes for a part of the name");
      path = path.subSequence(1, path.length() - 1);
    }
    return new Request(checks, path, behind.from(close));
  }

  /** The files to read for {@code pattern}, seen from {@code directory}, in order. */
  List<String> files(Text pattern, String directory, Set<IncludeCheck> checks) {
    Position position = pattern.position();
    if (pattern.length() == 0) {
      reading.error(Kind.MISSING_PARAMETER, position, "include: expected a file name");
      return List.of();
    }
    Glob glob = new Glob(reading, directory);
    List<String> alternatives = glob.alternatives(Comments.unescaped(pattern.toString()), position);
    List<String> files = new ArrayList<>();
    int matched = 0;
    for (String alternative : alternatives) {
      List<String> matches = glob.matches(alternative);
      if (matches.isEmpty() && alternatives.size() > 1) {
        String message = "no file matches the alternative '" + alternative + "'";
        report(checks.contains(IncludeCheck.BRACE_MATCH), position, message);
      }
      matched += matches.size();
      matches.stream().filter(path -> readable(path, position, checks)).forEach(files::add);
    }
    if (matched == 0 && !alternatives.isEmpty()) {
      boolean wildcard = Wildcard.isIn(pattern.toString());
      IncludeCheck check = wildcard ? IncludeCheck.WILDCARD_MATCH : IncludeCheck.MATCH;
      report(checks.contains(check), position, "no file matches '" + pattern + "'");
    }
    return files;
  }

  private boolean readable(String path, Position position, Set<IncludeCheck> checks) {
    String what =
        switch (reading.source().look(path)) {
          case FILE -> null;
          case MISSING -> "does not exist";
          case EXECUTABLE -> "is executable, which configuration must not be";
          case UNREADABLE -> "cannot be read";
          case DIRECTORY -> "is a directory";
          case OTHER -> "is not a regular file";
        };
    if (what != null) {
      report(
          checks.contains(IncludeCheck.READ), position, "'" + path + "' is left out: it " + what);
    }
    return what == null;
  }

  /** A missed include is an error only on demand, and otherwise not even a warning. */
  private void report(boolean demanded, Position position, String message) {
    if (demanded) {
      reading.error(Kind.INCLUDE_CHECK, position, message);
    } else {
      reading.note(position, message);
    }
  }

  /** The checks of two levels together. */
  static Set<IncludeCheck> union(Set<IncludeCheck> level, Set<IncludeCheck> more) {
    Set<IncludeCheck> all = EnumSet.noneOf(IncludeCheck.class);
    all.addAll(level);
    all.addAll(more);
    return all;
  }
}
