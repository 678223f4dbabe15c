package io.keepstream.health.http;

import io.keepstream.health.verdict.FailureReason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What an answer has to be. */
public sealed interface Expected {

  /** What is wrong with {@code response}; empty when it is as expected. */
  Optional<Finding> judge(Response response);

  /** Whether the body has to be hashed. */
  boolean needsDigest();

  /** How much of the body has to be kept. */
  int keptBytes();

  /**
   * An answer of HTTP.
   *
   * @param statuses status codes that are accepted
   * @param digest MD5 of the body in hexadecimal; null when it does not matter
   * @param pattern that the body has to match, or not to; null for none
   * @param text that the body has to contain, compared as UTF-8; null for none
   */
  record Answer(List<StatusRange> statuses, String digest, BodyPattern pattern, String text)
      implements Expected {
    /** Any success will do. */
    public static final Answer SUCCESS = new Answer(StatusRange.SUCCESS, null, null, null);

    public Answer {
      statuses = List.copyOf(statuses);
    }

    @Override
    public boolean needsDigest() {
      return digest != null;
    }

    @Override
    public int keptBytes() {
      return pattern != null || text != null ? ResponseBody.KEPT_BYTES : 0;
    }

    @Override
    public Optional<Finding> judge(Response response) {
      if (statuses.stream().noneMatch(range -> range.has(response.status()))) {
        String detail =
            "status %d, expected %s".formatted(response.status(), StatusRange.text(statuses));
        return Optional.of(new Finding(FailureReason.STATUS_MISMATCH, detail));
      }
      return wrongDigest(response.body())
          .or(() -> Optional.ofNullable(pattern).flatMap(each -> each.judge(response.body())))
          .or(() -> missingText(response.body()));
    }

    private Optional<Finding> wrongDigest(ResponseBody body) {
      if (digest == null) {
        return Optional.empty();
      }
      String found = body.md5Hex();
      return found.equalsIgnoreCase(digest)
          ? Optional.empty()
          : Optional.of(
              new Finding(
                  FailureReason.DIGEST_MISMATCH,
                  "MD5 %s of %d bytes, expected %s".formatted(found, body.length(), digest)));
    }

    private Optional<Finding> missingText(ResponseBody body) {
      if (text == null
          || latin1(body.kept()).contains(latin1(text.getBytes(StandardCharsets.UTF_8)))) {
        return Optional.empty();
      }
      return Optional.of(mismatch("does not contain '%s'".formatted(text), body));
    }

    private static String latin1(byte[] bytes) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** Whatever it is, its digest is of interest. */
  record Anything() implements Expected {
    @Override
    public boolean needsDigest() {
      return true;
    }

    @Override
    public int keptBytes() {
      return 0;
    }

    @Override
    public Optional<Finding> judge(Response response) {
      return Optional.empty();
    }
  }

  /** The answer of a gRPC health service that serves. */
  record Serving() implements Expected {
    @Override
    public boolean needsDigest() {
      return false;
    }

    @Override
    public int keptBytes() {
      return GrpcHealth.LONGEST_ANSWER;
    }

    @Override
    public Optional<Finding> judge(Response response) {
      return GrpcHealth.judge(response);
    }
  }

  /** A body that is not as expected, of which maybe not all was looked at. */
  static Finding mismatch(String what, ResponseBody body) {
    String where =
        body.keptAll()
            ? "the body of %d bytes".formatted(body.length())
            : "the first %d of %d bytes".formatted(ResponseBody.KEPT_BYTES, body.length());
    return new Finding(FailureReason.BODY_MISMATCH, where + " " + what);
  }
}
