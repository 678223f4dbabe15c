package io.keepstream.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WebhookCommandTest {
  @TempDir Path directory;
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer server;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().equals("/ok") ? 204 : 500, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void aTestShowsWhoAnsweredWhat() throws IOException {
    assertThat(run("good")).isZero();
    assertThat(out.toString())
        .startsWith("127.0.0.1:" + port() + " answered 204 No Content after ");
    assertThat(requests.remove()).contains("io.keepstream.delivery.tested.v1");
  }

  @Test
  void whereTroublesAreToldItsEndFollows() throws IOException {
    assertThat(run("alerts")).isZero();
    assertThat(requests).hasSize(2);
  }

  @Test
  void whatIsNotTakenIsAFailure() throws IOException {
    assertThat(run("bad")).isEqualTo(1);
    assertThat(out.toString()).contains(" answered 500 ");
  }

  @Test
  void anUnknownNameIsAnsweredWithThoseThatAre() throws IOException {
    assertThat(run("nix")).isEqualTo(2);
    assertThat(err.toString())
        .contains("no webhook `nix` in")
        .endsWith(", but good, bad, alerts\n");
  }

  private int run(String name) throws IOException {
    String url = "http://127.0.0.1:" + port();
    Path file = directory.resolve("conf");
    Files.writeString(
        file,
        webhook("good", "url " + url + "/ok")
            + webhook("bad", "url " + url + "/bad")
            + webhook("alerts", "url " + url + "/ok\n preset alertmanager"));
    return new CommandLine(new WebhookCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute("test", name, "-f", file.toString());
  }

  private static String webhook(String name, String words) {
    return "webhook " + name + " {\n " + words + "\n}\n";
  }

  private int port() {
    return server.getAddress().getPort();
  }
}
