package io.keepstream.config.language;

import io.keepstream.config.Text;

/**
 * Scanning outside double quotes. A backslash protects the character behind it; single quotes
 * protect nothing.
 */
final class Quotes {
  /** Tells whether the scan should stop at a character. */
  interface Stop {
    boolean at(int index);
  }

  private Quotes() {}

  /** The first index outside quotes at which {@code stop} holds, or the length. */
  static int find(Text text, Stop stop) {
    boolean quoted = false;
    int index = 0;
    while (index < text.length()) {
      char c = text.charAt(index);
      if (!quoted && stop.at(index)) {
        return index;
      }
      if (c == '\\') {
        index++;
      } else if (c == '"') {
        quoted = !quoted;
      }
      index++;
    }
    return text.length();
  }

  /** The place of a quote that nothing closes, or -1. */
  static int unclosed(Text text) {
    int opened = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        opened = opened < 0 ? i : -1;
      }
    }
    return opened;
  }

  /** The place of a closing brace whose opening one is not in {@code text}, or the length. */
  static int unmatchedClose(Text text) {
    int[] depth = {0};
    return find(
        text,
        index -> {
          char c = text.charAt(index);
          if (c == '{') {
            depth[0]++;
          }
          return c == '}' && --depth[0] < 0;
        });
  }
}
