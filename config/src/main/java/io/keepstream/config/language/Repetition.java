package io.keepstream.config.language;

import io.keepstream.config.Text;
import io.keepstream.config.value.Numbers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** {@code ~SEQ}, {@code ~SEQx} and {@code ~LST}: a line repeated with changing variables. */
final class Repetition {
  private static final List<String> OPENINGS = List.of("~SEQ(", "~SEQx(", "~LST(");

  private final Reading reading;
  private final Variables variables;

  Repetition(Reading reading, Variables variables) {
    this.reading = reading;
    this.variables = variables;
  }

  /**
   * A repetition.
   *
   * @param frame gives the line once per turn
   * @param rest a closing brace that is not the line's, and what follows it
   */
  record Parsed(Frame.Repeated frame, Text rest) {}

  /** Whether {@code line} begins a repetition. */
  static boolean begins(Text line) {
    return OPENINGS.stream().anyMatch(line::startsWith);
  }

  /** Reads a line that begins a repetition; empty, and reported, when it is malformed. */
  Optional<Parsed> read(Text line, FileFrame file) {
    int open = line.indexOf('(', 0);
    int close = line.indexOf(')', open);
    if (close < 0) {
      return malformed(line, "the closing parenthesis is missing");
    }
    String word = line.subSequence(0, open).toString();
    Text arguments = variables.substitute(line.subSequence(open + 1, close), file).text();
    Text behind = line.from(close + 1);
    int surplus = Quotes.unmatchedClose(behind);
    if (surplus < behind.length()) {
      reading.warning(
          behind.position(surplus),
          "keepalived would repeat this closing brace; put it on a line of its own");
    }
    Text body = behind.subSequence(0, surplus).trimmed();
    Optional<BooleanSupplier> turns =
        word.equals("~LST") ? list(arguments) : sequence(arguments, word);
    return turns.map(turn -> new Parsed(repeated(body, turn), behind.from(surplus)));
  }

  private Frame.Repeated repeated(Text body, BooleanSupplier turn) {
    return new Frame.Repeated(
        () ->
            reading.spend(body.length(), body.position()) && turn.getAsBoolean()
                ? Optional.of(body)
                : Optional.empty());
  }

  private <T> Optional<T> malformed(Text place, String message) {
    reading.error(place.position(), message);
    return Optional.empty();
  }

  /** Sets the next number at each call, until there is none. */
  private Optional<BooleanSupplier> sequence(Text arguments, String word) {
    String[] parts = arguments.toString().split(",", -1);
    List<OptionalLong> numbers =
        Stream.of(parts).skip(1).map(part -> Numbers.integerAnyBase(part.strip())).toList();
    String name = parts[0].strip();
    if (!isName(name)
        || numbers.isEmpty()
        || numbers.size() > 3
        || numbers.stream().anyMatch(OptionalLong::isEmpty)) {
      return malformed(
          arguments, "expected " + word + "(variable, [start,] [step,] end) with numbers");
    }
    long last = numbers.getLast().getAsLong();
    long first = numbers.size() > 1 ? numbers.getFirst().getAsLong() : last < 0 ? -1 : 1;
    long step = numbers.size() > 2 ? numbers.get(1).getAsLong() : last < first ? -1 : 1;
    boolean hexadecimal = word.equals("~SEQx");
    if (step == 0 || (last != first && (last > first) != (step > 0))) {
      return malformed(arguments, "steps of " + step + " never lead from " + first + " to " + last);
    }
    if (hexadecimal && Math.min(first, last) < 0) {
      return malformed(arguments, "~SEQx knows no negative numbers");
    }
    long[] next = {first};
    return Optional.of(
        () -> {
          if (step > 0 ? next[0] > last : next[0] < last) {
            return false;
          }
          variables.set(name, hexadecimal ? Long.toHexString(next[0]) : Long.toString(next[0]));
          next[0] += step;
          return true;
        });
  }

  /** Sets the next tuple at each call, until there is none. */
  private Optional<BooleanSupplier> list(Text arguments) {
    List<List<String>> tuples = tuples(arguments.toString());
    if (tuples.isEmpty() || !tuples.getFirst().stream().allMatch(Repetition::isName)) {
      return malformed(
          arguments, "expected ~LST(variable, value ...) or ~LST({variables}, {values} ...)");
    }
    List<String> names = tuples.getFirst();
    if (tuples.stream().anyMatch(tuple -> tuple.size() > names.size())) {
      return malformed(arguments, "a list of values has more members than there are variables");
    }
    var remaining = tuples.subList(1, tuples.size()).iterator();
    return Optional.of(() -> nextTuple(names, remaining));
  }

  private boolean nextTuple(List<String> names, Iterator<List<String>> remaining) {
    if (!remaining.hasNext()) {
      return false;
    }
    List<String> tuple = remaining.next();
    for (int i = 0; i < names.size(); i++) {
      variables.set(names.get(i), i < tuple.size() ? tuple.get(i) : "");
    }
    return true;
  }

  /** Values in braces form a tuple; others are tuples of one. */
  private static List<List<String>> tuples(String text) {
    List<List<String>> tuples = new ArrayList<>();
    int index = 0;
    while (index < text.length()) {
      char c = text.charAt(index);
      if (c == '{') {
        int close = text.indexOf('}', index);
        int end = close < 0 ? text.length() : close;
        tuples.add(members(text.substring(index + 1, end)));
        index = end + 1;
      } else if (c == ',' || c == '}' || Text.isSpace(c)) {
        index++;
      } else {
        int end = index;
        while (end < text.length() && ",{} \t".indexOf(text.charAt(end)) < 0) {
          end++;
        }
        tuples.add(List.of(text.substring(index, end)));
        index = end;
      }
    }
    return tuples;
  }

  private static List<String> members(String inside) {
    return Stream.of(inside.split(",", -1)).map(String::strip).toList();
  }

  private static boolean isName(String text) {
    Text name = Text.ofLine("", 0, text);
    return !text.isEmpty() && Reference.endOfName(name, 0) == text.length();
  }
}
