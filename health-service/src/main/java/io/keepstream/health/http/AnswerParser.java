package io.keepstream.health.http;

import io.keepstream.health.verdict.FailureReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes an answer of HTTP/1.0 or 1.1 as it comes (RFC 9112), and of its header only what says where
 * the body ends. What else a server writes there is no reason to fail it.
 */
public final class AnswerParser {
  /** Longer headers are a failure. */
  public static final int LONGEST_HEADER_BYTES = 64 * 1024;

  /** Longer first lines are a failure. */
  public static final int LONGEST_LINE_BYTES = 8 * 1024;

  private static final byte[] BEGINNING = "HTTP/".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/\\d\\.\\d +(\\d{3})(?: .*)?", Pattern.DOTALL);
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
  private static final Pattern CHUNK_SIZE =
      Pattern.compile("0*([0-9a-fA-F]{1,15})\\s*(?:;.*)?", Pattern.DOTALL);
  private static final int HEXADECIMAL = 16;
  private static final long UNKNOWN = -1;

  /** What comes next. */
  private enum Part {
    STATUS,
    HEADER,
    BODY,
    BODY_UNTIL_THE_END,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILER,
    NOTHING
  }

  private final boolean bodiless;
  private final ResponseBody body;
  private Part part = Part.STATUS;
  private byte[] line = new byte[128];
  private int lineLength;
  private int headerLength;
  private int status;
  private long contentLength = UNKNOWN;
  private boolean chunked;
  private long left;

  /**
   * An answer whose body goes to {@code body}.
   *
   * @param method of the request
   */
  public AnswerParser(String method, ResponseBody body) {
    this.bodiless = method.equals("HEAD");
    this.body = body;
  }

  /**
   * Takes the first {@code length} of {@code bytes}. What comes after the answer is left alone.
   *
   * @return whether the answer is complete
   */
  public boolean take(byte[] bytes, int length) throws BadAnswerException {
    int at = 0;
    while (at < length && part != Part.NOTHING) {
      at =
          switch (part) {
            case BODY, BODY_UNTIL_THE_END, CHUNK -> takeData(bytes, at, length);
            default -> takeLine(bytes, at, length);
          };
    }
    return part == Part.NOTHING;
  }

  /** The connection has ended; whether that completes the answer. */
  public boolean end() {
    if (part == Part.BODY_UNTIL_THE_END) {
      part = Part.NOTHING;
    }
    return part == Part.NOTHING;
  }

  /** Whether the header is complete, that of an interim answer not counted. */
  public boolean hasHeader() {
    return part.compareTo(Part.HEADER) > 0;
  }

  /** The answer, once it is complete. */
  public Response response() {
    return new Response(status, body, null, null);
  }

  /** How far it came, for people. */
  public String progress() {
    return hasHeader()
        ? "after %d bytes of the body".formatted(body.length())
        : "before the header was complete";
  }

  private int takeData(byte[] bytes, int at, int length) throws BadAnswerException {
    int most = length - at;
    int more = part == Part.BODY_UNTIL_THE_END ? most : (int) Math.min(left, most);
    body.add(ByteBuffer.wrap(bytes, at, more));
    if (body.tooLong()) {
      throw bodyTooLong();
    }
    left -= more;
    if (left == 0 && part == Part.BODY) {
      part = Part.NOTHING;
    } else if (left == 0 && part == Part.CHUNK) {
      part = Part.CHUNK_END;
    }
    return at + more;
  }

  private static BadAnswerException bodyTooLong() {
    return new BadAnswerException(
        FailureReason.RESPONSE_TOO_LARGE,
        "body longer than %d bytes".formatted(ResponseBody.LIMIT_BYTES));
  }

  private int takeLine(byte[] bytes, int from, int length) throws BadAnswerException {
    int at = from;
    while (at < length && bytes[at] != '\n') {
      at++;
    }
    append(bytes, from, at);
    if (part == Part.STATUS) {
      beginsLikeHttp();
    }
    if (at == length) {
      return at;
    }
    int end = lineLength > 0 && line[lineLength - 1] == '\r' ? lineLength - 1 : lineLength;
    String text = new String(line, 0, end, StandardCharsets.ISO_8859_1);
    lineLength = 0;
    headerLength++;
    take(text);
    return at + 1;
  }

  private void append(byte[] bytes, int from, int to) throws BadAnswerException {
    int more = to - from;
    headerLength += more;
    boolean oneLine = part == Part.STATUS || part == Part.CHUNK_SIZE || part == Part.CHUNK_END;
    if (oneLine && lineLength + more > LONGEST_LINE_BYTES) {
      throw tooLarge("a line of more than %d bytes".formatted(LONGEST_LINE_BYTES));
    }
    if (headerLength > LONGEST_HEADER_BYTES) {
      throw tooLarge("longer than %d bytes".formatted(LONGEST_HEADER_BYTES));
    }
    if (lineLength + more > line.length) {
      line = Arrays.copyOf(line, Math.max(lineLength + more, 2 * line.length));
    }
    System.arraycopy(bytes, from, line, lineLength, more);
    lineLength += more;
  }

  private static BadAnswerException tooLarge(String what) {
    return new BadAnswerException(FailureReason.RESPONSE_TOO_LARGE, "header: " + what);
  }

  /** Who speaks something else may never end the line. */
  private void beginsLikeHttp() throws BadAnswerException {
    for (int i = 0; i < Math.min(lineLength, BEGINNING.length); i++) {
      if (line[i] != BEGINNING[i] && !(i == 0 && line[i] == '\r')) {
        throw wrong("the answer is not HTTP");
      }
    }
  }

  private static BadAnswerException wrong(String what) {
    return new BadAnswerException(FailureReason.PROTOCOL_ERROR, what);
  }

  private void take(String text) throws BadAnswerException {
    switch (part) {
      case STATUS -> takeStatus(text);
      case HEADER -> takeHeader(text);
      case CHUNK_SIZE -> takeChunkSize(text);
      case CHUNK_END -> endChunk(text);
      case TRAILER -> part = text.isEmpty() ? Part.NOTHING : Part.TRAILER;
      case BODY, BODY_UNTIL_THE_END, CHUNK, NOTHING -> throw new IllegalStateException(part + "");
    }
  }

  private void takeStatus(String text) throws BadAnswerException {
    if (text.isEmpty()) {
      return;
    }
    Matcher matcher = STATUS_LINE.matcher(text);
    if (!matcher.matches()) {
      throw wrong("the first line is not that of HTTP/1: '%s'".formatted(shortened(text)));
    }
    status = Integer.parseInt(matcher.group(1));
    contentLength = UNKNOWN;
    chunked = false;
    part = Part.HEADER;
  }

  private static String shortened(String text) {
    int most = 60;
    String shown = text.replaceAll("[^ -~]", "?");
    return shown.length() > most ? shown.substring(0, most) + "..." : shown;
  }

  private void takeHeader(String text) throws BadAnswerException {
    if (text.isEmpty()) {
      part = afterHeader();
      return;
    }
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon).stripTrailing();
    if (name.equalsIgnoreCase("content-length")) {
      takeLength(text.substring(colon + 1).strip());
    } else if (name.equalsIgnoreCase("transfer-encoding")) {
      String coding = text.substring(colon + 1).strip();
      chunked = coding.regionMatches(true, coding.length() - 7, "chunked", 0, 7);
    }
  }

  private void takeLength(String value) throws BadAnswerException {
    if (!LENGTH.matcher(value).matches()) {
      throw wrong("'%s' is no Content-Length".formatted(shortened(value)));
    }
    long said = Long.parseLong(value);
    if (contentLength != UNKNOWN && contentLength != said) {
      throw wrong("Content-Length is %d and %d".formatted(contentLength, said));
    }
    contentLength = said;
  }

  private Part afterHeader() throws BadAnswerException {
    if (status < 200) {
      return Part.STATUS;
    }
    if (bodiless || status == 204 || status == 304) {
      return Part.NOTHING;
    }
    if (chunked) {
      headerLength = 0;
      return Part.CHUNK_SIZE;
    }
    if (contentLength > ResponseBody.LIMIT_BYTES) {
      throw bodyTooLong();
    }
    left = contentLength;
    return contentLength == UNKNOWN
        ? Part.BODY_UNTIL_THE_END
        : contentLength == 0 ? Part.NOTHING : Part.BODY;
  }

  private void takeChunkSize(String text) throws BadAnswerException {
    Matcher matcher = CHUNK_SIZE.matcher(text);
    if (!matcher.matches()) {
      throw wrong("'%s' is no size of a chunk".formatted(shortened(text)));
    }
    headerLength = 0;
    left = Long.parseLong(matcher.group(1), HEXADECIMAL);
    part = left == 0 ? Part.TRAILER : Part.CHUNK;
  }

  private void endChunk(String text) throws BadAnswerException {
    if (!text.isEmpty()) {
      throw wrong("a chunk is longer than it says");
    }
    headerLength = 0;
    part = Part.CHUNK_SIZE;
  }
}
