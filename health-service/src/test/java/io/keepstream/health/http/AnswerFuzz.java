package io.keepstream.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keepstream.testkit.Allocated;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A search for an answer that the parser does not survive, or understands by how it is cut. */
class AnswerFuzz {
  private static final int MOST_INPUT_BYTES = 4096;
  private static final long MOST_ALLOCATED_BYTES = 4 << 20;

  static Stream<byte[]> seeds() {
    return Stream.of(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.0 404 Not Found\r\n\r\nnothing",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a\r\nhello\r\n0\r\nX: y\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n")
        .map(text -> ("\7" + text).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The first byte says how many bytes arrive at a time. */
  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void search(byte[] input) {
    if (input.length == 0) {
      return;
    }
    byte[] answer = Arrays.copyOfRange(input, 1, Math.min(input.length, MOST_INPUT_BYTES));
    int atOnce = Math.max(1, Byte.toUnsignedInt(input[0]));
    assertThat(Allocated.by(() -> outcome(answer, atOnce), MOST_ALLOCATED_BYTES))
        .as("bytes allocated")
        .isLessThan(MOST_ALLOCATED_BYTES);
    assertThat(outcome(answer, atOnce)).isEqualTo(outcome(answer, MOST_INPUT_BYTES));
  }

  private static String outcome(byte[] answer, int atOnce) {
    AnswerParser parser = new AnswerParser("GET", new ResponseBody(false, ResponseBody.KEPT_BYTES));
    try {
      for (int from = 0; from < answer.length; from += atOnce) {
        byte[] piece = Arrays.copyOfRange(answer, from, Math.min(answer.length, from + atOnce));
        if (parser.take(piece, piece.length)) {
          return text(parser);
        }
      }
      return parser.end() ? text(parser) : "not complete";
    } catch (BadAnswerException e) {
      return e.finding().reason().name();
    }
  }

  private static String text(AnswerParser parser) {
    Response response = parser.response();
    String body = new String(response.body().kept(), StandardCharsets.ISO_8859_1);
    return response.status() + " " + body;
  }
}
