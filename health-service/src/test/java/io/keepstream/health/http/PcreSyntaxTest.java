package io.keepstream.health.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns of PCRE2 that mean something else to Java, or nothing. */
class PcreSyntaxTest {
  @ParameterizedTest(name = "{0} matches {1}: {2}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{\"status\":\"up\"}, {\"status\":\"up\"}, true",
        "a{2}b{1|c, aab{1, true",
        "`^a{,2}$`, `a{,2}`, true",
        "[[:digit:]]+ok, 42ok, true",
        "^[[:^alpha:]]$, a, false",
        "^[[:word:]-]+$, a_1-b, true",
        "^[a[b]+$, a[b, true",
        "^[]a]+$, ]a, true",
        "^[^]a]$, ], false",
        "^[a&&b]+$, a&b, true",
        "(?P<x>ab)-(?P=x), ab-ab, true",
        "(?'x'ab)\\k{x}, abab, true",
        "(a)\\g1+$, aaaa, true",
        "(a)\\g{1}1, aa1, true",
        "a(?#not seen)b, ab, true",
        "^a\\N+b$, axxb, true",
        "\\Qa.b{\\E, a.b{, true",
        "\\<b\\>, <b>, true",
        "`\\d{2,3}x`, 12x, true",
        "`\\d{4,}`, 123, false",
        "caf\\x{e9}, café, true",
      })
  void means(String regex, String text, boolean matches) {
    Pattern java = Pattern.compile(PcreSyntax.toJava(regex, false), Pattern.UNIX_LINES);
    assertThat(java.matcher(text).find()).as(java.pattern()).isEqualTo(matches);
  }

  @Test
  void blanksInAClassCountEvenInAnExtendedPattern() {
    String java = PcreSyntax.toJava("a [ #] b # comment", true);
    Pattern pattern = Pattern.compile(java, Pattern.COMMENTS);
    assertThat(pattern.matcher("a b").find()).isTrue();
    assertThat(pattern.matcher("a#b").find()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[abc", "[[:nothing:]]", "a\\Kb", "(?R)", "(a", "a(?1)", "(*ACCEPT)"})
  void whatJavaCannotDoIsRefused(String regex) {
    assertThatThrownBy(() -> Pattern.compile(PcreSyntax.toJava(regex, false)))
        .isInstanceOf(PatternSyntaxException.class);
  }
}
