package io.keepstream.health.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern that a body has to match, or must not.
 *
 * @param regex as written, for PCRE2
 * @param options how it is matched
 * @param wanted whether it has to match
 * @param minOffset first byte of the body that is looked at
 * @param maxOffset last byte at which a match may start; {@link Integer#MAX_VALUE} for any
 */
public record BodyPattern(
    String regex, PatternOptions options, boolean wanted, int minOffset, int maxOffset) {
  private static final char NEWLINE = '\n';

  /**
   * The pattern for Java's engine.
   *
   * @throws PatternSyntaxException if it has none
   */
  public Pattern compile() {
    String bytes = options.utf() ? regex : asBytes(regex);
    return Pattern.compile(PcreSyntax.toJava(bytes, options.extended()), options.flags());
  }

  /** Without {@code utf} a character is a byte, in the pattern as in the body. */
  private static String asBytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  Optional<Finding> judge(ResponseBody body) {
    byte[] kept = body.kept();
    String text =
        new String(kept, options.utf() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    try {
      if (found(text, index(kept, minOffset), index(kept, maxOffset)) == wanted) {
        return Optional.empty();
      }
      String what = wanted ? "does not match '%s'" : "matches '%s', which it must not";
      return Optional.of(Expected.mismatch(what.formatted(regex), body));
    } catch (BoundedText.TooMuchWork e) {
      return Optional.of(Expected.mismatch("is too much work for '%s'".formatted(regex), body));
    } catch (StackOverflowError e) {
      return Optional.of(Expected.mismatch("nests too deep for '%s'".formatted(regex), body));
    }
  }

  private boolean found(String text, int first, int last) {
    if (first > text.length()) {
      return false;
    }
    Matcher matcher = compile().matcher(new BoundedText(text));
    matcher.region(first, text.length()).useTransparentBounds(true).useAnchoringBounds(false);
    return matcher.find() && matcher.start() <= last && inFirstLine(text, first, matcher.start());
  }

  private boolean inFirstLine(String text, int first, int start) {
    int newline = options.firstLine() ? text.indexOf(NEWLINE, first) : -1;
    return newline < 0 || start <= newline;
  }

  /** Where the character is that begins at or after a byte. */
  private int index(byte[] bytes, int offset) {
    boolean same = !options.utf() || offset >= bytes.length;
    return same ? offset : new String(bytes, 0, offset, StandardCharsets.UTF_8).length();
  }
}
