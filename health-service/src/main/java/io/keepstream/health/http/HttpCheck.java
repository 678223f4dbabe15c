package io.keepstream.health.http;

import java.util.List;

/**
 * What a check over HTTP asks.
 *
 * @param keyword of the check, for people
 * @param protocol version of the requests
 * @param tls how TLS is spoken; null for plain HTTP
 * @param urls requests, at least one; an attempt makes one, and the next attempt the next
 * @param fastRecovery whether an attempt after a failure makes all of them
 * @param keepConnection whether the connection is kept for the next attempt
 * @param stepNanos time limit of each step: connecting, the TLS handshake, the header of the
 *     answer, each piece of its body
 */
public record HttpCheck(
    String keyword,
    HttpProtocol protocol,
    TlsSettings tls,
    List<HttpUrl> urls,
    boolean fastRecovery,
    boolean keepConnection,
    long stepNanos) {
  public HttpCheck {
    urls = List.copyOf(urls);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("nothing to ask for");
    }
  }
}
