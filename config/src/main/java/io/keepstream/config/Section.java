package io.keepstream.config;

import io.keepstream.config.value.DecimalUnit;
import io.keepstream.config.value.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The typed view of a block, or of the whole document.
 *
 * <p>Reading forgives: the vocabulary check has reported what is wrong, so a value that cannot be
 * read is absent here. Of a scalar the last mention counts, of a script the first.
 *
 * @param header the line that opened the block
 */
public record Section(Statement header) {
  /** The first argument of the header, or the empty string. */
  public String name() {
    return header.argument(0);
  }

  /** Where the header stands. */
  public Position position() {
    return header.position();
  }

  /** All lines of the block. */
  public List<Statement> statements() {
    return header.body();
  }

  /** The blocks of {@code keyword}, in order. */
  public List<Section> blocks(String keyword) {
    return header.body().stream().filter(s -> s.is(keyword)).map(Section::new).toList();
  }

  /** The last block of {@code keyword}. */
  public Optional<Section> block(String keyword) {
    return last(keyword).map(Section::new);
  }

  /** Whether there is a line of {@code keyword}. */
  public boolean has(String keyword) {
    return last(keyword).isPresent();
  }

  /** The last line of {@code keyword}. */
  public Optional<Statement> last(String keyword) {
    for (Statement statement : header.body().reversed()) {
      if (statement.is(keyword)) {
        return Optional.of(statement);
      }
    }
    return Optional.empty();
  }

  /** All lines of {@code keyword}, in order. */
  public List<Statement> all(String keyword) {
    return header.body().stream().filter(s -> s.is(keyword)).toList();
  }

  /** The first argument of the last {@code keyword}; empty when it has none. */
  public Optional<String> text(String keyword) {
    return last(keyword).filter(s -> !s.arguments().isEmpty()).map(s -> s.argument(0));
  }

  /** A whole number that fits 32 bits with sign. */
  public OptionalInt integer(String keyword) {
    OptionalLong value = wholeNumber(keyword);
    return value.isPresent() && value.getAsLong() == (int) value.getAsLong()
        ? OptionalInt.of((int) value.getAsLong())
        : OptionalInt.empty();
  }

  /** A whole number, for the words whose range goes beyond 32 bits with sign. */
  public OptionalLong wholeNumber(String keyword) {
    return text(keyword).map(Numbers::integer).orElseGet(OptionalLong::empty);
  }

  /** A time written in seconds, in nanoseconds. */
  public OptionalLong decimalNanos(String keyword) {
    return decimalNanos(keyword, DecimalUnit.SECONDS);
  }

  /** A time written in {@code unit}, in nanoseconds. */
  public OptionalLong decimalNanos(String keyword, DecimalUnit unit) {
    return text(keyword)
        .flatMap(unit::read)
        .map(time -> OptionalLong.of(time.nanos()))
        .orElseGet(OptionalLong::empty);
  }

  /** A truth value; the bare word means true, an unreadable value or no word the default. */
  public boolean bool(String keyword, boolean defaultValue) {
    return last(keyword)
        .flatMap(s -> s.arguments().isEmpty() ? Optional.of(true) : Numbers.bool(s.argument(0)))
        .orElse(defaultValue);
  }

  /** The script of the first {@code keyword}; empty when the line names no command. */
  public Optional<ScriptLine> script(String keyword) {
    return all(keyword).stream().findFirst().flatMap(ScriptLine::of);
  }

  /** The first argument of the last {@code keyword}, split and unescaped like a script. */
  public Optional<String> pattern(String keyword) {
    return last(keyword)
        .map(s -> ScriptWords.split(s.line()).words())
        .filter(words -> words.size() > 1)
        .map(words -> words.get(1).toString());
  }

  /** Who runs what follows, as {@code keyword USER [[:]GROUP]} says. */
  public Optional<Identity> identity(String keyword) {
    return last(keyword).filter(s -> !s.arguments().isEmpty()).map(s -> Identity.of(s.arguments()));
  }

  /** The free lines of all blocks of {@code keyword}. */
  public List<Statement> lines(String keyword) {
    return all(keyword).stream().flatMap(s -> s.body().stream()).toList();
  }

  /** The words of all blocks of {@code keyword}, for blocks in which every word is an entry. */
  public List<Word> entries(String keyword) {
    return lines(keyword).stream().flatMap(s -> s.words().stream()).toList();
  }
}
