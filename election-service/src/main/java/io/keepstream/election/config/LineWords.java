package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Position;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.IpPrefix;
import io.keepstream.config.value.Numbers;
import io.keepstream.linux.wire.IpNetwork;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Goes through the words of a line of options, whose form the vocabulary has checked. */
final class LineWords {
  private final List<Word> words;
  private final Consumer<Diagnostic> problems;
  private int index;
  private boolean failed;

  LineWords(Statement line, Consumer<Diagnostic> problems) {
    this.words = line.words();
    this.problems = problems;
  }

  boolean hasNext() {
    return index < words.size();
  }

  /** The next word, or {@code ""} at the end. */
  String next() {
    return hasNext() ? words.get(index++).text() : "";
  }

  /** Takes the next word if it is {@code expected}. */
  boolean take(String expected) {
    boolean there = hasNext() && words.get(index).text().equals(expected);
    index += there ? 1 : 0;
    return there;
  }

  /** The next word as an address. */
  Optional<InetAddress> address() {
    return Addresses.ip(next());
  }

  /** The next word as a number in any of the C notations; 0 when it is none. */
  long number() {
    return Numbers.integerAnyBase(next()).orElse(0);
  }

  /** The next word as a name or number of {@code names}; an error when it is not known. */
  int named(IprouteNames names) {
    OptionalLong number = names.number(next());
    if (number.isEmpty()) {
      error("'%s' is neither a number nor a name known here".formatted(last().text()));
    }
    return (int) number.orElse(0);
  }

  /** The word before as the network it is in. */
  Optional<IpNetwork> network() {
    Optional<IpPrefix> prefix = Addresses.lenientPrefix(last().text());
    if (prefix.isPresent() && !prefix.get().isNetwork()) {
      warning("%s has bits behind its prefix length, which do not count".formatted(last()));
    }
    return prefix.map(found -> new IpNetwork(masked(found), found.length()));
  }

  private static InetAddress masked(IpPrefix prefix) {
    byte[] bytes = prefix.address().getAddress();
    for (int bit = prefix.length(); bit < bytes.length * Byte.SIZE; bit++) {
      bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
    }
    return Addresses.ofBytes(bytes);
  }

  /** Says that the line cannot be used, at the word before. */
  void error(String message) {
    failed = true;
    problems.accept(Diagnostic.error(last().position(), message));
  }

  /** Says that the line cannot be used as a whole. */
  void wholeError(String message) {
    failed = true;
    problems.accept(Diagnostic.error(start(), message));
  }

  /** Says something about the word before. */
  void warning(String message) {
    problems.accept(Diagnostic.warning(last().position(), message));
  }

  /** Whether there was an error. */
  boolean failed() {
    return failed;
  }

  Position start() {
    return words.getFirst().position();
  }

  /** The line in one piece. */
  String text() {
    return String.join(" ", words.stream().map(Word::text).toList());
  }

  private Word last() {
    return words.get(Math.max(0, index - 1));
  }
}
