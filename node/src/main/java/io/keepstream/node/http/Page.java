package io.keepstream.node.http;

import io.keepstream.runtime.ContractJson;
import java.nio.charset.StandardCharsets;

/** One answer over HTTP. */
record Page(int status, String contentType, String body) {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  static Page json(int status, Object value) {
    String text = new String(ContractJson.bytes(value), StandardCharsets.UTF_8);
    return new Page(status, "application/json", text + "\n");
  }

  /** 200 when it is so, 503 when it is not: all that a load balancer looks at. */
  static Page verdict(boolean good, Object value) {
    return json(good ? OK : UNAVAILABLE, value);
  }

  static Page text(int status, String body) {
    return new Page(status, "text/plain; charset=utf-8", body);
  }
}
