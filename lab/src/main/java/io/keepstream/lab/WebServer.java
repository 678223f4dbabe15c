package io.keepstream.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A web server on all addresses of a host that answers every path with the host's name. It runs in
 * this JVM on a socket of the host's namespace, so it starts and stops in milliseconds.
 */
public final class WebServer implements AutoCloseable {
  private record Answer(int status, String body, Duration delay) {}

  private final LabHost host;
  private final int port;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Answer answer;
  private HttpServer server;

  private WebServer(LabHost host, int port) {
    this.host = host;
    this.port = port;
    this.answer = new Answer(200, host.name() + "\n", Duration.ZERO);
  }

  /** Starts one; it stops with the lab at the latest. */
  public static WebServer start(LabHost host, int port) {
    WebServer server = host.lab().own(new WebServer(host, port));
    server.start();
    return server;
  }

  /** Listens again after {@link #stop}. */
  public void start() {
    server = host.inside(() -> HttpServer.create(new InetSocketAddress(port), 1024));
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Stops listening and cuts all connections: from now on they are refused. */
  public void stop() {
    server.stop(0);
  }

  /** Changes what is answered from now on. */
  public void answer(int status, String body) {
    answer = new Answer(status, body, Duration.ZERO);
  }

  /** Answers only after {@code delay} from now on. */
  public void delay(Duration delay) {
    answer = new Answer(answer.status(), answer.body(), delay);
  }

  /** How many requests came since the start. */
  public int requests() {
    return requests.get();
  }

  private void handle(HttpExchange exchange) {
    requests.incrementAndGet();
    Answer now = answer;
    Executor later = CompletableFuture.delayedExecutor(now.delay().toNanos(), TimeUnit.NANOSECONDS);
    later.execute(() -> respond(exchange, now));
  }

  private static void respond(HttpExchange exchange, Answer answer) {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    try (exchange;
        OutputStream out = exchange.getResponseBody()) {
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
  }
}
