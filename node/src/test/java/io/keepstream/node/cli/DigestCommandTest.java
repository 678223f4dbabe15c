package io.keepstream.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DigestCommandTest {
  private static final String HELLO_MD5 = "5d41402abc4b2a76b9719d911017c592";

  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();
  private HttpServer server;
  private String asked;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 10);
    server.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI();
          byte[] body = "hello".getBytes(StandardCharsets.US_ASCII);
          int status = exchange.getRequestURI().getPath().equals("/gone") ? 410 : 200;
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void ofAUrl() {
    assertThat(digest("http://127.0.0.1:%d/a?b=c".formatted(port()))).isZero();
    assertThat(output.toString()).isEqualToIgnoringNewLines(HELLO_MD5);
    assertThat(asked).isEqualTo("127.0.0.1:%d/a?b=c".formatted(port()));
  }

  @Test
  void inThePiecesOfGenhash() {
    String port = String.valueOf(port());
    assertThat(digest("-s", "127.0.0.1", "-p", port, "-u", "/x")).isZero();
    assertThat(asked).isEqualTo("127.0.0.1:%s/x".formatted(port));
    assertThat(digest("-s", "127.0.0.1", "-p", port, "-u", "/x", "-V", "a", "-P", "1.1")).isZero();
    assertThat(asked).isEqualTo("a/x");
    assertThat(output.toString()).isEqualToIgnoringNewLines(HELLO_MD5 + HELLO_MD5);
  }

  @Test
  void aPageThatIsNotThereHasADigestAsWell() {
    assertThat(digest("http://127.0.0.1:%d/gone".formatted(port()))).isZero();
    assertThat(output.toString()).isEqualToIgnoringNewLines(HELLO_MD5);
    assertThat(errors.toString()).contains("the status was 410");
  }

  @Test
  void nobodyThere() {
    assertThat(digest("http://127.0.0.1:1/")).isEqualTo(1);
    assertThat(errors.toString()).startsWith("CONNECT_REFUSED: ECONNREFUSED");
    assertThat(digest("-u", "/x")).isEqualTo(2);
    assertThat(digest("-P", "3", "http://127.0.0.1/")).isEqualTo(2);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private int digest(String... arguments) {
    return new CommandLine(new DigestCommand())
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }
}
