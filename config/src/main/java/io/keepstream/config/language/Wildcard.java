package io.keepstream.config.language;

/** Matching one name against {@code * ? [a-z] [!a-z]}; a leading dot must be written out. */
final class Wildcard {
  private Wildcard() {}

  static boolean isIn(String text) {
    return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  static boolean matches(String pattern, String name) {
    if (name.startsWith(".") && !pattern.startsWith(".")) {
      return false;
    }
    int p = 0;
    int n = 0;
    int starAt = -1;
    int starMatched = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        starAt = p++;
        starMatched = n;
      } else if (p < pattern.length() && matchesOne(pattern, p, name.charAt(n))) {
        p = afterOne(pattern, p);
        n++;
      } else if (starAt >= 0) {
        p = starAt + 1;
        n = ++starMatched;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  private static boolean matchesOne(String pattern, int p, char c) {
    int close = classEnd(pattern, p);
    if (close < 0) {
      return pattern.charAt(p) == '?' || pattern.charAt(p) == c;
    }
    boolean negated = pattern.charAt(p + 1) == '!' || pattern.charAt(p + 1) == '^';
    boolean found = false;
    int i = negated ? p + 2 : p + 1;
    while (i < close) {
      boolean range = i + 2 < close && pattern.charAt(i + 1) == '-';
      char high = pattern.charAt(range ? i + 2 : i);
      found |= c >= pattern.charAt(i) && c <= high;
      i += range ? 3 : 1;
    }
    return found != negated;
  }

  private static int afterOne(String pattern, int p) {
    int close = classEnd(pattern, p);
    return close < 0 ? p + 1 : close + 1;
  }

  /** The closing bracket of a class that begins at {@code p}, or -1 when none begins there. */
  private static int classEnd(String pattern, int p) {
    if (pattern.charAt(p) != '[') {
      return -1;
    }
    int first = p + 1;
    if (first < pattern.length()
        && (pattern.charAt(first) == '!' || pattern.charAt(first) == '^')) {
      first++;
    }
    return pattern.indexOf(']', first + 1);
  }
}
