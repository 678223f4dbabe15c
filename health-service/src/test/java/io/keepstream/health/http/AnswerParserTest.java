package io.keepstream.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.verdict.FailureReason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What answers of HTTP/1 come to, in whatever pieces they arrive. */
class AnswerParserTest {
  private static final String NOT_YET = "not complete";

  @Test
  void theLengthSaysWhereTheBodyEnds() {
    is("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "200 hello");
    is("HTTP/1.0 404 Not Found\ncontent-length : 2\n\nno", "404 no");
    is("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nokand more", "200 ok");
    is("HTTP/1.1 500\r\nContent-Length: 0\r\n\r\n", "500 ");
    is("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", NOT_YET);
  }

  @Test
  void elseTheEndOfTheConnectionDoes() {
    is("HTTP/1.0 200 OK\r\n\r\nhello", "200 hello");
    is("HTTP/1.0 200 OK\r\n\r\n", "200 ");
    is("HTTP/1.0 200 OK\r\nX: y\r\n", NOT_YET);
    is("", NOT_YET);
  }

  @Test
  void chunks() {
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n";
    is(chunked + "2\r\nhe\r\n3;why=\"so\"\r\nllo\r\n0\r\n\r\n", "200 hello");
    is(chunked + "A\r\n0123456789\r\n0\r\nX-Trailer: 1\r\n\r\nmore", "200 0123456789");
    is(chunked + "0000000000000002\r\nhe\r\n0;a=\u0085b\r\n\r\n", "200 he");
    is(chunked + "2\r\nhe\r\n0\r\n", NOT_YET);
    is(chunked + "2\r\nhe\r\n", NOT_YET);
    fails(chunked + "nothing\r\n", FailureReason.PROTOCOL_ERROR);
    fails(chunked + "-1\r\n", FailureReason.PROTOCOL_ERROR);
    fails(chunked + "2\r\nhello\r\n", FailureReason.PROTOCOL_ERROR);
    fails(chunked + "ffffffffffffffff\r\n", FailureReason.PROTOCOL_ERROR);
    fails(chunked + "1".repeat(9000), FailureReason.RESPONSE_TOO_LARGE);
  }

  @Test
  void noBodyAndInterimAnswers() {
    is("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", "204 ");
    is("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "304 ");
    String ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    String interim = "HTTP/1.1 100 Continue\r\nContent-Length: 9\r\n\r\n";
    is(interim + "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + ok, "200 ok");
    AnswerParser head = parser("HEAD");
    assertThat(outcome(head, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", 100))
        .isEqualTo("200 ");
  }

  @Test
  void whatOnlyTheServerCaresFor() {
    is("HTTP/1.1 200 OK\r\nno colon\r\n folded\r\n: nameless\r\n\r\nx", "200 x");
    is("\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", "200 x");
  }

  @Test
  void whatIsNoAnswer() {
    fails("SSH-2.0-OpenSSH_9.2\r\n", FailureReason.PROTOCOL_ERROR);
    fails("\25\3\1", FailureReason.PROTOCOL_ERROR);
    fails("HTTP/2 200\r\n", FailureReason.PROTOCOL_ERROR);
    fails("HTTP/1.1 20 OK\r\n", FailureReason.PROTOCOL_ERROR);
    fails("HTTP/1.1 OK\r\n", FailureReason.PROTOCOL_ERROR);
    fails("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", FailureReason.PROTOCOL_ERROR);
    fails("HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n", FailureReason.PROTOCOL_ERROR);
    fails(
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        FailureReason.PROTOCOL_ERROR);
  }

  @Test
  void whatIsTooLarge() {
    fails("HTTP/1.1 200 " + "O".repeat(20_000), FailureReason.RESPONSE_TOO_LARGE);
    fails("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(20_000), FailureReason.RESPONSE_TOO_LARGE);
    fails("HTTP/1.1 200 OK\r\nX: " + "y".repeat(70_000), FailureReason.RESPONSE_TOO_LARGE);
    fails("HTTP/1.1 100 Continue\r\n\r\n".repeat(20_000), FailureReason.RESPONSE_TOO_LARGE);
    fails(
        "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n",
        FailureReason.RESPONSE_TOO_LARGE);
  }

  private static void is(String answer, String outcome) {
    for (int atOnce : new int[] {1, 2, 3, 7, 100_000}) {
      assertThat(outcome(parser("GET"), answer, atOnce)).as(answer).isEqualTo(outcome);
    }
  }

  private static void fails(String answer, FailureReason reason) {
    for (int atOnce : new int[] {1, 100_000}) {
      assertThat(outcome(parser("GET"), answer, atOnce)).as(answer).isEqualTo(reason.name());
    }
  }

  private static AnswerParser parser(String method) {
    return new AnswerParser(method, new ResponseBody(false, ResponseBody.KEPT_BYTES));
  }

  private static String outcome(AnswerParser parser, String answer, int atOnce) {
    byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
    try {
      for (int from = 0; from < bytes.length; from += atOnce) {
        byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + atOnce));
        if (parser.take(piece, piece.length)) {
          return text(parser);
        }
      }
      return parser.end() ? text(parser) : NOT_YET;
    } catch (BadAnswerException e) {
      return e.finding().reason().name();
    }
  }

  private static String text(AnswerParser parser) {
    Response response = parser.response();
    return response.status()
        + " "
        + new String(response.body().kept(), StandardCharsets.ISO_8859_1);
  }
}
