package io.keepstream.config.language;

import io.keepstream.config.Position;
import java.util.ArrayList;
import java.util.List;

/** Finds the paths that a pattern with wildcards and {@code {a,b}} alternatives names. */
final class Glob {
  private final Reading reading;
  private final String directory;

  Glob(Reading reading, String directory) {
    this.reading = reading;
    this.directory = directory;
  }

  /** The alternatives of {@code pattern}, in the order in which they are written. */
  List<String> alternatives(String pattern, Position position) {
    List<String> finished = new ArrayList<>();
    List<String> open = new ArrayList<>(List.of(pattern));
    while (!open.isEmpty() && reading.spend(pattern.length(), position)) {
      String next = open.removeLast();
      int brace = next.indexOf('{');
      int close = brace < 0 ? -1 : closeOf(next, brace);
      if (close < 0) {
        finished.add(next);
      } else {
        for (String choice : choices(next.substring(brace + 1, close)).reversed()) {
          open.add(next.substring(0, brace) + choice + next.substring(close + 1));
        }
      }
    }
    return finished;
  }

  /** The existing paths that {@code pattern}, free of alternatives, names; sorted. */
  List<String> matches(String pattern) {
    List<String> found = List.of(pattern.startsWith("/") ? "/" : directory);
    String[] parts = pattern.split("/+", -1);
    for (String part : parts) {
      if (!part.isEmpty()) {
        found = found.stream().flatMap(base -> step(base, part).stream()).toList();
      }
    }
    return found.stream()
        .filter(path -> reading.source().look(path) != ConfigSource.Entry.MISSING)
        .toList();
  }

  private List<String> step(String base, String part) {
    if (!Wildcard.isIn(part)) {
      return List.of(Paths.resolve(base, part));
    }
    return reading.source().list(base.isEmpty() ? "." : base).stream()
        .filter(name -> Wildcard.matches(part, name))
        .sorted()
        .map(name -> Paths.resolve(base, name))
        .toList();
  }

  private static int closeOf(String pattern, int brace) {
    int depth = 0;
    for (int i = brace; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> choices(String inside) {
    List<String> choices = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        choices.add(inside.substring(start, i));
        start = i + 1;
      }
    }
    choices.add(inside.substring(start));
    return choices;
  }
}
