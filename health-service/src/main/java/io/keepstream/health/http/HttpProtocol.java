package io.keepstream.health.http;

import java.util.Optional;

/** The version a request is made in. */
public enum HttpProtocol {
  HTTP_1_0("1.0", false),
  /** Version 1.0 that says {@code Connection: close}. */
  HTTP_1_0_CLOSE("1.0C", true),
  HTTP_1_1("1.1", true),
  /** HTTP/2: agreed on by ALPN over TLS, taken for granted without. */
  HTTP_2("2", false);

  private final String word;
  private final boolean close;

  HttpProtocol(String word, boolean close) {
    this.word = word;
    this.close = close;
  }

  /** Whether a request for a single answer says {@code Connection: close}. */
  public boolean saysClose() {
    return close;
  }

  /** The version as {@code http_protocol} names it. */
  public static Optional<HttpProtocol> of(String word) {
    for (HttpProtocol each : values()) {
      if (each.word.equalsIgnoreCase(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
