package io.keepstream.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.verdict.FailureReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One row per rule of what an answer has to be. */
class ExpectedTest {
  private static final List<StatusRange> ANY = StatusRange.SUCCESS;
  private static final String HELLO_MD5 = "5d41402abc4b2a76b9719d911017c592";

  @Test
  void status() {
    assertThat(judge(Expected.Answer.SUCCESS, 200, "")).isEmpty();
    assertThat(judge(Expected.Answer.SUCCESS, 299, "")).isEmpty();
    assertThat(judge(Expected.Answer.SUCCESS, 199, "")).isNotEmpty();
    List<StatusRange> ranges = List.of(new StatusRange(200, 204), new StatusRange(503, 503));
    Expected.Answer some = new Expected.Answer(ranges, null, null, null);
    assertThat(judge(some, 503, "")).isEmpty();
    assertThat(judge(some, 301, ""))
        .contains(new Finding(FailureReason.STATUS_MISMATCH, "status 301, expected 200-204 503"));
  }

  @Test
  void digest() {
    assertThat(judge(digest(HELLO_MD5), 200, "hello")).isEmpty();
    assertThat(judge(digest(HELLO_MD5.toUpperCase(Locale.ROOT)), 200, "hello")).isEmpty();
    assertThat(judge(digest(HELLO_MD5), 200, "hellO"))
        .contains(
            new Finding(
                FailureReason.DIGEST_MISMATCH,
                "MD5 06612c0d9c73d47a7042afd7024d7c82 of 5 bytes, expected " + HELLO_MD5));
    assertThat(judge(digest(HELLO_MD5), 404, "hello").orElseThrow().reason())
        .isEqualTo(FailureReason.STATUS_MISMATCH);
  }

  @Test
  void text() {
    Expected.Answer greeting = new Expected.Answer(ANY, null, null, "grüße");
    assertThat(judge(greeting, 200, "schöne grüße!")).isEmpty();
    assertThat(judge(greeting, 200, "schöne"))
        .contains(
            new Finding(
                FailureReason.BODY_MISMATCH, "the body of 7 bytes does not contain 'grüße'"));
  }

  @Test
  void patterns() {
    assertThat(judge(pattern("^b", "multiline"), 200, "a\nb")).isEmpty();
    assertThat(judge(pattern("^b"), 200, "a\nb")).isNotEmpty();
    assertThat(judge(pattern("A.b", "caseless", "dotall"), 200, "a\nB")).isEmpty();
    assertThat(judge(pattern("b", "firstline"), 200, "a\nb")).isNotEmpty();
    assertThat(judge(pattern("b$"), 200, "b\r")).as("only a newline ends a line").isNotEmpty();
    assertThat(judge(pattern("^.$", "utf"), 200, "ü")).isEmpty();
    assertThat(judge(pattern("^..$"), 200, "ü")).as("bytes").isEmpty();
    assertThat(judge(pattern("Ü", "utf", "caseless"), 200, "ü")).isEmpty();
    assertThat(judge(pattern("grün"), 200, "so grün")).isEmpty();
    assertThat(judge(pattern("x"), 200, "hello"))
        .contains(
            new Finding(FailureReason.BODY_MISMATCH, "the body of 5 bytes does not match 'x'"));
  }

  @Test
  void patternsThatMustNotMatch() {
    BodyPattern error = new BodyPattern("error", PatternOptions.NONE, false, 0, 100);
    Expected.Answer expected = new Expected.Answer(ANY, null, error, null);
    assertThat(judge(expected, 200, "fine")).isEmpty();
    assertThat(judge(expected, 200, "an error").orElseThrow().detail())
        .isEqualTo("the body of 8 bytes matches 'error', which it must not");
  }

  @Test
  void offsets() {
    assertThat(judge(between("b", 1, 2, false), 200, "b.b")).isEmpty();
    assertThat(judge(between("b", 1, 1, false), 200, "b.b")).isNotEmpty();
    assertThat(judge(between("b", 3, 9, false), 200, "b.b")).isNotEmpty();
    assertThat(judge(between("b", 9, 9, false), 200, "b.b")).isNotEmpty();
    assertThat(judge(between("(?<=ü)b", 2, 2, true), 200, "üb")).as("of bytes").isEmpty();
    assertThat(judge(between("^b", 1, 9, false), 200, "bb")).as("only the start").isNotEmpty();
  }

  @Test
  void aPatternThatWouldTakeForeverFails() {
    assertThat(judge(pattern("(a+)+$"), 200, "a".repeat(5000) + "b").orElseThrow().detail())
        .endsWith("is too much work for '(a+)+$'");
    assertThat(judge(pattern("(a|b)*$"), 200, "ab".repeat(300_000)).orElseThrow().detail())
        .endsWith("nests too deep for '(a|b)*$'");
  }

  @Test
  void onlyTheBeginningOfALongBodyIsLookedAt() {
    String late = "x".repeat(ResponseBody.KEPT_BYTES) + "here";
    assertThat(judge(pattern("here"), 200, late).orElseThrow().detail())
        .isEqualTo("the first 1048576 of 1048580 bytes does not match 'here'");
    assertThat(judge(new Expected.Answer(ANY, null, null, "here"), 200, late)).isNotEmpty();
  }

  private static Expected.Answer digest(String md5) {
    return new Expected.Answer(ANY, md5, null, null);
  }

  private static Expected.Answer pattern(String regex, String... options) {
    return new Expected.Answer(
        ANY,
        null,
        new BodyPattern(regex, PatternOptions.of(List.of(options)), true, 0, Integer.MAX_VALUE),
        null);
  }

  private static Expected.Answer between(String regex, int first, int last, boolean utf) {
    PatternOptions options = PatternOptions.of(utf ? List.of("utf") : List.of());
    return new Expected.Answer(ANY, null, new BodyPattern(regex, options, true, first, last), null);
  }

  private static Optional<Finding> judge(Expected expected, int status, String body) {
    ResponseBody taken = ResponseBody.of(expected);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    int half = bytes.length / 2;
    taken.add(ByteBuffer.wrap(bytes, 0, half));
    taken.add(ByteBuffer.wrap(bytes, half, bytes.length - half));
    return expected.judge(new Response(status, taken, null, null));
  }
}
