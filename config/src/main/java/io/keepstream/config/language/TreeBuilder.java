package io.keepstream.config.language;

import io.keepstream.config.Position;
import io.keepstream.config.Statement;
import io.keepstream.config.Text;
import io.keepstream.config.Word;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Nests lines by their braces. */
final class TreeBuilder {
  /** Deeper blocks are dropped, so that nobody who walks the tree runs out of stack. */
  private static final int MAX_DEPTH = 100;

  private static final int MAX_SHOWN = 60;

  private final Reading reading;
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final List<Statement> statements = new ArrayList<>();
  private Text pending;

  TreeBuilder(Reading reading) {
    this.reading = reading;
  }

  /** An open block; {@code header} is null when no keyword stands before the brace. */
  private record Block(Text header, Position opened, List<Statement> body) {}

  void add(Token token) {
    switch (token) {
      case Token.Line(Text text) -> {
        flush();
        pending = text;
      }
      case Token.Open(Position position) -> open(position);
      case Token.Close(Position position) -> {
        flush();
        close(position);
      }
    }
  }

  /** The tree, when all has been read up to {@code end}. */
  List<Statement> finish(Position end) {
    flush();
    while (!blocks.isEmpty()) {
      Block block = blocks.element();
      String name = block.header() == null ? "a block" : "'" + shortened(block.header()) + "'";
      reading.error(
          end, "missing '}': " + name + ", opened at " + block.opened() + ", is not closed");
      close(end);
    }
    return statements;
  }

  private static String shortened(Text header) {
    return header.length() <= MAX_SHOWN
        ? header.toString()
        : header.subSequence(0, MAX_SHOWN) + "...";
  }

  private void open(Position position) {
    if (pending == null) {
      reading.error(position, "this '{' has no keyword before it; its block is left out");
    } else if (blocks.size() == MAX_DEPTH) {
      reading.error(position, "blocks are nested deeper than " + MAX_DEPTH + "; left out");
    }
    // A block is paid for with its line when it ends, but not one that is left out.
    boolean leftOut = pending == null || blocks.size() >= MAX_DEPTH;
    if (leftOut && !reading.spend(1, position)) {
      return;
    }
    blocks.push(new Block(pending, position, new ArrayList<>()));
    pending = null;
  }

  private void close(Position position) {
    if (blocks.isEmpty()) {
      reading.error(position, "this '}' closes nothing");
      return;
    }
    Block block = blocks.pop();
    if (block.header() != null && blocks.size() < MAX_DEPTH) {
      append(block.header(), block.body(), true);
    }
  }

  private void flush() {
    if (pending != null) {
      append(pending, List.of(), false);
      pending = null;
    }
  }

  private void append(Text line, List<Statement> body, boolean hasBody) {
    List<Word> words = WordSplitter.split(line);
    if (!reading.spend(line.length(), words.size(), line.position())) {
      return;
    }
    List<Word> arguments = words.subList(1, words.size());
    List<Statement> target = blocks.isEmpty() ? statements : blocks.element().body();
    target.add(new Statement(words.getFirst(), arguments, line, body, hasBody));
  }
}
