package io.keepstream.health.edge;

import io.keepstream.health.config.Connection;
import io.keepstream.health.http.HttpCheck;
import io.keepstream.health.http.Response;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Fetches something once, exactly as a check would. */
public final class HttpFetch {
  private HttpFetch() {}

  /**
   * The answer to the first request of {@code check}. Waits for it, so not for event loops.
   *
   * @throws IOException if there is none; the message begins with the reason
   */
  public static Response fetch(Connection to, HttpCheck check)
      throws IOException, InterruptedException {
    IoEventLoop loop = EventLoops.dedicated("fetch");
    try {
      HttpLine.Machine machine = new HttpLine.Machine(new ForeignLibc(), loop);
      HttpLine line = new HttpLine(machine, to, check);
      CompletableFuture<Outcome> outcome = new CompletableFuture<>();
      loop.execute(
          () -> HttpExchange.start(line, check.urls().getFirst(), null, outcome::complete));
      return switch (outcome.get()) {
        case Outcome.Answered answered -> answered.response();
        case Outcome.Broken broken ->
            throw new IOException(broken.reason() + ": " + broken.detail());
      };
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }
}
