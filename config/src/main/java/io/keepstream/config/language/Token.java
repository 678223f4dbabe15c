package io.keepstream.config.language;

import io.keepstream.config.Position;
import io.keepstream.config.Text;

/** What the tree is built from. */
sealed interface Token {
  /** Where it stands. */
  Position position();

  /** Words, none of them a brace. */
  record Line(Text text) implements Token {
    @Override
    public Position position() {
      return text.position();
    }
  }

  /** An opening brace. */
  record Open(Position position) implements Token {}

  /** A closing brace. */
  record Close(Position position) implements Token {}
}
