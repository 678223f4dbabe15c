package io.keepstream.health.edge;

import io.keepstream.health.http.HttpUrl;
import java.util.function.Consumer;

/** One request with its answer. */
interface HttpExchange {
  /**
   * Starts an exchange, on the loop.
   *
   * @param kept a connection to use; null to make one
   * @param done told once, never before this returns, unless the exchange is abandoned
   */
  static HttpExchange start(
      HttpLine line, HttpUrl url, HttpConnection kept, Consumer<Outcome> done) {
    return line.isPlain()
        ? PlainExchange.start(line, url, done)
        : ChannelExchange.start(line, url, kept, done);
  }

  /** Gives it up: the connection is cut, and nothing is told. */
  void abandon();

  /** The connection, once there was an answer, if it can be used again; else null. */
  HttpConnection takeConnection();
}
