package io.keepstream.config.language;

import io.keepstream.config.Text;

/** Takes comments off: {@code #} or {@code !} outside double quotes ends a line, anywhere in it. */
final class Comments {
  private Comments() {}

  /** {@code line} without comment and outer blanks; an odd quote is reported. */
  static Text strip(Text line, Reading reading) {
    int end = Quotes.find(line, i -> line.charAt(i) == '#' || line.charAt(i) == '!');
    Text code = line.subSequence(0, end).trimmed();
    int unclosed = Quotes.unclosed(code);
    if (unclosed >= 0) {
      reading.error(code.position(unclosed), "this quote is not closed before the end of the line");
    }
    return code;
  }

  /** {@code text} with {@code \#} and {@code \!} for the bare characters. */
  static String unescaped(String text) {
    return text.replace("\\#", "#").replace("\\!", "!");
  }

  /** Whether {@code stripped} lost anything but blanks of {@code line}. */
  static boolean cut(Text line, Text stripped) {
    return stripped.length() < line.trimmed().length();
  }
}
