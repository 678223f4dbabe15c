package io.keepstream.health.http;

import static java.util.Map.entry;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Rewrites a pattern where Java's syntax differs from that of PCRE2: a brace that is no quantifier
 * and brackets inside classes are literal there, classes have POSIX names, groups are named in more
 * ways. What Java has no word for is refused by its compiler or here, never silently misread.
 */
final class PcreSyntax {
  private static final Pattern QUANTIFIER = Pattern.compile("\\{\\d+(,\\d*)?\\}");
  private static final Pattern POSIX = Pattern.compile("\\[:(\\^?)(\\w+):\\]");
  private static final Pattern NAMED = Pattern.compile("\\(\\?(?:P<(\\w+)>|'(\\w+)')");
  private static final Pattern BACK_NAMED =
      Pattern.compile(
          "\\(\\?P=(\\w+)\\)|\\\\k\\{(\\w+)\\}|\\\\k'(\\w+)'|\\\\g\\{([A-Za-z_]\\w*)\\}");
  private static final Pattern BACK_NUMBERED = Pattern.compile("\\\\g(?:\\{(\\d+)\\}|(\\d+))");
  private static final Pattern COMMENT = Pattern.compile("\\(\\?#[^)]*\\)");
  private static final Pattern BRACED = Pattern.compile("\\\\[xpPNou]\\{[^}]*\\}");
  private static final Pattern QUOTED = Pattern.compile("\\\\Q.*?(\\\\E|$)", Pattern.DOTALL);
  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          entry("alpha", "Alpha"),
          entry("digit", "Digit"),
          entry("alnum", "Alnum"),
          entry("upper", "Upper"),
          entry("lower", "Lower"),
          entry("punct", "Punct"),
          entry("space", "Space"),
          entry("blank", "Blank"),
          entry("cntrl", "Cntrl"),
          entry("graph", "Graph"),
          entry("print", "Print"),
          entry("xdigit", "XDigit"),
          entry("ascii", "ASCII"));

  private final String regex;
  private final boolean extended;
  private final StringBuilder java = new StringBuilder();
  private int index;

  private PcreSyntax(String regex, boolean extended) {
    this.regex = regex;
    this.extended = extended;
  }

  /**
   * The same pattern for Java.
   *
   * @param extended whether blanks in the pattern mean nothing
   * @throws PatternSyntaxException if there is no such pattern
   */
  static String toJava(String regex, boolean extended) {
    PcreSyntax syntax = new PcreSyntax(regex, extended);
    while (syntax.index < regex.length()) {
      syntax.outside();
    }
    return syntax.java.toString();
  }

  private void outside() {
    if (take(COMMENT, "") || take(QUOTED, "$0") || take(NAMED, "(?<$1$2>")) {
      return;
    }
    if (take(BACK_NAMED, "\\\\k<$1$2$3$4>") || take(BACK_NUMBERED, "(?:\\\\$1$2)")) {
      return;
    }
    char c = regex.charAt(index);
    switch (c) {
      case '[' -> characterClass();
      case '{' -> {
        if (!take(QUANTIFIER, "$0")) {
          literal(c);
        }
      }
      case '\\' -> escape();
      default -> copy();
    }
  }

  private void escape() {
    if (regex.startsWith("\\N", index) && !regex.startsWith("\\N{", index)) {
      java.append("[^\\n]");
      index += 2;
    } else if (regex.startsWith("\\K", index)) {
      throw new PatternSyntaxException("\\K is not supported", regex, index);
    } else if (!take(BRACED, "$0")) {
      copy();
      if (index < regex.length()) {
        copy();
      }
    }
  }

  private void characterClass() {
    int start = index;
    copy();
    if (index < regex.length() && regex.charAt(index) == '^') {
      copy();
    }
    if (index < regex.length() && regex.charAt(index) == ']') {
      literal(']');
    }
    while (index < regex.length()) {
      if (regex.charAt(index) == ']') {
        copy();
        return;
      }
      member();
    }
    throw new PatternSyntaxException("the class is not closed", regex, start);
  }

  private void member() {
    Matcher posix = at(POSIX);
    char c = regex.charAt(index);
    if (posix.lookingAt()) {
      posixClass(posix);
    } else if (regex.startsWith("\\b", index)) {
      java.append("\\x08");
      index += 2;
    } else if (c == '\\') {
      escape();
    } else if (c == '[' || c == '&' || (extended && (c == '#' || c <= ' '))) {
      literal(c);
    } else {
      copy();
    }
  }

  private void posixClass(Matcher found) {
    boolean word = found.group(2).equals("word");
    String name = word ? "w" : CLASSES.get(found.group(2));
    if (name == null) {
      throw new PatternSyntaxException("there is no class " + found.group(), regex, index);
    }
    boolean negated = !found.group(1).isEmpty();
    if (word) {
      java.append(negated ? "\\W" : "\\w");
    } else {
      java.append(negated ? "\\P{" : "\\p{").append(name).append('}');
    }
    index = found.end();
  }

  private Matcher at(Pattern pattern) {
    return pattern.matcher(regex).region(index, regex.length());
  }

  /** Takes what matches here, if anything does, and writes {@code replacement}. */
  private boolean take(Pattern pattern, String replacement) {
    Matcher matcher = at(pattern);
    if (!matcher.lookingAt()) {
      return false;
    }
    java.append(pattern.matcher(matcher.group()).replaceFirst(replacement));
    index = matcher.end();
    return true;
  }

  private void copy() {
    java.append(regex.charAt(index++));
  }

  private void literal(char c) {
    java.append('\\').append(c);
    index++;
  }
}
