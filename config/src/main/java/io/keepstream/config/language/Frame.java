package io.keepstream.config.language;

import io.keepstream.config.Text;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One source of lines on the stack of a reading. */
sealed interface Frame permits FileFrame, Frame.Rest, Frame.VariableLines, Frame.Repeated {

  /** The next line, cleaned and trimmed; empty when the frame has none left. */
  Optional<Text> next();

  /** What is left of a line behind a brace; it is taken off the stack when it is read. */
  final class Rest implements Frame {
    private final Text text;
    private final boolean substituted;

    Rest(Text text, boolean substituted) {
      this.text = text;
      this.substituted = substituted;
    }

    @Override
    public Optional<Text> next() {
      return Optional.of(text);
    }

    /** Whether variables have been substituted in it already. */
    boolean substituted() {
      return substituted;
    }
  }

  /** The lines of a multi-line variable behind its first. */
  final class VariableLines implements Frame {
    private final String name;
    private final List<Text> all;
    private final Iterator<Text> lines;

    VariableLines(String name, List<Text> all) {
      this.name = name;
      this.all = all;
      this.lines = all.iterator();
    }

    List<Text> all() {
      return all;
    }

    String name() {
      return name;
    }

    @Override
    public Optional<Text> next() {
      return lines.hasNext() ? Optional.of(lines.next()) : Optional.empty();
    }
  }

  /** One line several times; asking for it sets the loop variables first. */
  final class Repeated implements Frame {
    private final Supplier<Optional<Text>> turns;

    Repeated(Supplier<Optional<Text>> turns) {
      this.turns = turns;
    }

    @Override
    public Optional<Text> next() {
      return turns.get();
    }
  }
}
