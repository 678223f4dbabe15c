package io.keepstream.config.language;

import io.keepstream.config.Text;
import io.keepstream.config.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into ordinary words: blanks separate, double quotes hold together, and a quote also
 * starts a new word in mid-text. Outside quotes {@code \#} and {@code \!} stand for the bare
 * character; there are no other escapes.
 */
final class WordSplitter {
  private WordSplitter() {}

  static List<Word> split(Text line) {
    List<Word> words = new ArrayList<>();
    int index = 0;
    while (index < line.length()) {
      char c = line.charAt(index);
      if (Text.isSpace(c)) {
        index++;
      } else if (c == '"') {
        int close = line.indexOf('"', index + 1);
        int end = close < 0 ? line.length() : close;
        words.add(
            new Word(line.subSequence(index + 1, end).toString(), line.position(index + 1), true));
        index = end + 1;
      } else {
        int end = endOfPlain(line, index);
        String text = line.subSequence(index, end).toString();
        words.add(new Word(Comments.unescaped(text), line.position(index), false));
        index = end;
      }
    }
    return words;
  }

  private static int endOfPlain(Text line, int start) {
    int end = start;
    while (end < line.length() && line.charAt(end) != '"' && !Text.isSpace(line.charAt(end))) {
      end++;
    }
    return end;
  }
}
