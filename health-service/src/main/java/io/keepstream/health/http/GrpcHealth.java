package io.keepstream.health.http;

import io.keepstream.health.verdict.FailureReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The two messages of {@code grpc.health.v1.Health/Check}, in protocol buffers by hand: the request
 * has the service's name as field 1, the answer a status as field 1. Before each message stand five
 * bytes: not compressed, and its length.
 */
public final class GrpcHealth {
  /** Where the request goes. */
  public static final String PATH = "/grpc.health.v1.Health/Check";

  /** More than the answer ever has. */
  static final int LONGEST_ANSWER = 1024;

  private static final int PREFIX = 5;
  private static final int FIELD_1_TEXT = 0x0a;
  private static final int FIELD_1_NUMBER = 0x08;
  private static final int SERVING = 1;

  private GrpcHealth() {}

  /** The request for {@code service}; the empty name asks for the server as a whole. */
  public static byte[] request(String service) {
    byte[] name = service.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    if (name.length > 0) {
      message.write(FIELD_1_TEXT);
      varint(message, name.length);
      message.writeBytes(name);
    }
    ByteArrayOutputStream framed = new ByteArrayOutputStream();
    framed.write(0);
    for (int shift = 24; shift >= 0; shift -= 8) {
      framed.write(message.size() >> shift);
    }
    framed.writeBytes(message.toByteArray());
    return framed.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest > 0x7f) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /** What is wrong with an answer. */
  static Optional<Finding> judge(Response response) {
    if (response.status() != 200) {
      return wrong("HTTP status %d, expected 200".formatted(response.status()));
    }
    if (response.grpcStatus() == null) {
      return Optional.of(
          new Finding(FailureReason.PROTOCOL_ERROR, "no grpc-status: this is not gRPC"));
    }
    if (!response.grpcStatus().equals("0")) {
      String message = response.grpcMessage() == null ? "" : " (" + response.grpcMessage() + ")";
      return wrong("grpc-status %s%s, expected 0".formatted(response.grpcStatus(), message));
    }
    int status = status(response.body().kept());
    return status == SERVING ? Optional.empty() : wrong(name(status) + ", expected SERVING");
  }

  private static Optional<Finding> wrong(String detail) {
    return Optional.of(new Finding(FailureReason.STATUS_MISMATCH, detail));
  }

  /** The serving status; 0 when it is not there, which means the same; -1 when unreadable. */
  private static int status(byte[] answer) {
    if (answer.length < PREFIX || answer[0] != 0) {
      return -1;
    }
    if (answer.length == PREFIX) {
      return 0;
    }
    return answer.length >= PREFIX + 2 && answer[PREFIX] == FIELD_1_NUMBER
        ? answer[PREFIX + 1]
        : -1;
  }

  private static String name(int status) {
    return switch (status) {
      case -1 -> "an answer that cannot be read";
      case 0 -> "UNKNOWN";
      case SERVING -> "SERVING";
      case 2 -> "NOT_SERVING";
      case 3 -> "SERVICE_UNKNOWN";
      default -> "status " + status;
    };
  }
}
