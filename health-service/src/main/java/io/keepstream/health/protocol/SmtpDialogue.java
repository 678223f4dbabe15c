package io.keepstream.health.protocol;

import io.keepstream.health.verdict.FailureReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The shortest dialogue with a mail server (RFC 5321): its greeting, HELO, QUIT. The state is what
 * is awaited and what of it has come; each reply either asks for the next line or decides.
 */
public final class SmtpDialogue {
  /** How many replies a dialogue waits for, each with a time limit of its own. */
  public static final int REPLIES = 3;

  private static final int LONGEST_REPLY = 4096;
  private static final int CODE_LENGTH = 3;
  private static final Pattern CONTINUED = Pattern.compile("[0-9]{3}-");

  /** What is awaited. */
  private enum Awaited {
    GREETING("greeting", "220"),
    HELO("reply to HELO", "250"),
    QUIT("reply to QUIT", null);

    private final String words;
    private final String code;

    Awaited(String words, String code) {
      this.words = words;
      this.code = code;
    }
  }

  /** What to do next. */
  public sealed interface Step {
    /** There is more of the reply to come. */
    record Wait() implements Step {}

    /** Send this; another reply is awaited. */
    record Send(String line) implements Step {}

    /** It is over. */
    record End(Finding finding) implements Step {}
  }

  private final String heloName;
  private final ByteArrayOutputStream reply = new ByteArrayOutputStream();
  private Awaited awaited = Awaited.GREETING;
  private String greeting = "";

  /** A dialogue in which we call ourselves {@code heloName}. */
  public SmtpDialogue(String heloName) {
    this.heloName = heloName;
  }

  /** The server has sent something. */
  public Step received(byte[] piece) {
    int room = LONGEST_REPLY - reply.size();
    reply.write(piece, 0, Math.min(piece.length, room));
    byte[] bytes = reply.toByteArray();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int last = lastLine(text);
    if (last >= 0) {
      reply.reset();
      return judge(text.substring(last), bytes);
    }
    if (piece.length > room) {
      return fail(
          FailureReason.SMTP_CODE,
          "%s longer than %d bytes".formatted(awaited.words, LONGEST_REPLY));
    }
    return malformed(text) ? judge(text, bytes) : new Step.Wait();
  }

  /** The server has closed the connection. */
  public Finding ended() {
    return failure(
        FailureReason.CONNECTION_CLOSED,
        "closed by the server, %s expected".formatted(awaited.words));
  }

  /** The connection broke. */
  public Finding lost(String error) {
    return failure(
        FailureReason.CONNECTION_CLOSED, "%s, %s expected".formatted(error, awaited.words));
  }

  /** No whole reply came in time. */
  public Finding late(long limitMillis) {
    return failure(
        FailureReason.RESPONSE_TIMEOUT, "no %s within %d ms".formatted(awaited.words, limitMillis));
  }

  private Step judge(String line, byte[] whole) {
    String code = line.substring(0, Math.min(CODE_LENGTH, line.length()));
    if (awaited.code != null && !awaited.code.equals(code)) {
      reply.writeBytes(whole);
      String found = Shown.text(line.getBytes(StandardCharsets.ISO_8859_1));
      return fail(
          FailureReason.SMTP_CODE,
          "%s `%s`, %s expected".formatted(awaited.words, found, awaited.code));
    }
    return switch (awaited) {
      case GREETING -> {
        greeting = Shown.text(whole);
        yield next(Awaited.HELO, "HELO " + heloName);
      }
      case HELO -> next(Awaited.QUIT, "QUIT");
      case QUIT -> new Step.End(Finding.pass(null, greeting));
    };
  }

  private Step next(Awaited then, String line) {
    awaited = then;
    return new Step.Send(line + "\r\n");
  }

  private Step fail(FailureReason reason, String detail) {
    return new Step.End(failure(reason, detail));
  }

  private Finding failure(FailureReason reason, String detail) {
    String received = Shown.text(reply.toByteArray());
    return Finding.fail(reason, detail, received.isEmpty() ? greeting : received);
  }

  /** Where the last line of a whole reply begins; -1 while it is not whole. */
  private static int lastLine(String text) {
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      if (!CONTINUED.matcher(text.substring(from, end)).lookingAt()) {
        return from;
      }
      from = end + 1;
    }
    return -1;
  }

  /** Whether what has come can no longer become a reply: garbage need not be waited for. */
  private static boolean malformed(String text) {
    int line = text.lastIndexOf('\n') + 1;
    String start = text.substring(line, Math.min(line + CODE_LENGTH, text.length()));
    return !start.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
