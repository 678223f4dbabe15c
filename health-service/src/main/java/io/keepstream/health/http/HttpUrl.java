package io.keepstream.health.http;

import java.util.List;

/**
 * One request of a check, and what its answer has to be.
 *
 * @param method such as GET
 * @param path what is asked for, with its query
 * @param host value of the Host header
 * @param headers more headers, which replace those a check sends by itself
 * @param body of the request, one character per byte; empty for none
 * @param expected what the answer has to be
 * @param peer whom it is asked of over TLS
 */
public record HttpUrl(
    String method,
    String path,
    String host,
    List<Header> headers,
    String body,
    Expected expected,
    Peer peer) {
  public HttpUrl {
    headers = List.copyOf(headers);
  }

  /**
   * The other end of TLS.
   *
   * @param serverName name sent in the handshake (SNI); null sends none
   * @param certificateName what a verified certificate has to be for
   * @param closeNotify whether TLS is closed properly after the answer
   */
  public record Peer(String serverName, String certificateName, boolean closeNotify) {}

  /** A header of the request. */
  public record Header(String name, String value) {}
}
