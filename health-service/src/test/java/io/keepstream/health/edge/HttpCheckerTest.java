package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.lab.Await;
import io.keepstream.linux.socket.EventLoops;
import io.netty.channel.IoEventLoop;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is asked, and what comes of polite and of hostile answers, on this machine. */
class HttpCheckerTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  private static final String ONE = "HTTP_GET {\n url {\n path /\n }\n }";

  private static IoEventLoop loop;

  @BeforeAll
  static void startLoop() {
    loop = EventLoops.dedicated("http");
    // The first use opens files of the JDK's own that stay open.
    try (StubServer server = StubServer.saying(OK)) {
      ask(server, ONE);
      ask(server, ONE.replace("HTTP_GET", "SSL_GET"));
    }
  }

  @AfterAll
  static void endLoop() {
    loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void asksAsKeepalivedDoes() {
    try (StubServer server = StubServer.saying(OK)) {
      CheckResult result = ask(server, ONE);
      assertThat(result.succeeded()).as("%s", result).isTrue();
      assertThat(result.received()).startsWith("HTTP/1.1 200 OK").endsWith("hello");
      ask(server, get("http_protocol 1.1\n virtualhost a.example", "path /x?y"));
      ask(server, get("http_protocol 1.0C", "path /\n virtualhost b.example"));
      String agent = "user-agent: KeepAliveClient";
      assertThat(server.requests())
          .containsExactly(
              lines("GET / HTTP/1.0", agent, "host: 127.0.0.1:" + server.port()),
              lines("GET /x?y HTTP/1.1", agent, "connection: close", "host: a.example"),
              lines("GET / HTTP/1.0", agent, "connection: close", "host: b.example"));
    }
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n\r\n";
  }

  @Test
  void methodHeadersAndBody() {
    try (StubServer server =
        new StubServer(
            (connection, self) -> {
              self.readRequest(connection);
              String body =
                  new String(connection.getInputStream().readNBytes(4), StandardCharsets.US_ASCII);
              self.write(connection, "HTTP/1.0 200 OK\r\n\r\ngot " + body);
            })) {
      String url =
          "path /\n http_method POST\n header User-Agent me\n header X-A 1\n header X-A \"2 3\"\n"
              + " body ping\n expect \"got ping\"";
      CheckResult result = ask(server, get("", url));
      assertThat(result.succeeded()).as("%s", result).isTrue();
      assertThat(server.requests().getFirst())
          .contains("POST / HTTP/1.0", "User-Agent: me", "X-A: 1\r\nX-A: 2 3", "content-length: 4")
          .doesNotContain("KeepAliveClient");
    }
  }

  @Test
  void whatIsExpectedOfTheAnswer() {
    try (StubServer server = StubServer.saying(OK)) {
      String md5 = "5d41402abc4b2a76b9719d911017c592";
      assertThat(ask(server, get("", "path /\n digest " + md5)).succeeded()).isTrue();
      fails(server, "path /a\n status_code 301", FailureReason.STATUS_MISMATCH, "/a: status 200");
      fails(
          server,
          "path /\n digest 00000000000000000000000000000000",
          FailureReason.DIGEST_MISMATCH,
          "/: MD5 " + md5 + " of 5 bytes");
      fails(server, "path /\n regex \"^x\"", FailureReason.BODY_MISMATCH, "/: the body of 5 bytes");
    }
  }

  @Test
  void bodiesOfEveryKind() {
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0";
    for (String answer :
        List.of(
            chunked + "\r\n\r\n",
            "HTTP/1.0 200 OK\r\n\r\nhello",
            "HTTP/1.1 100 Continue\r\n\r\n" + OK,
            OK + "MORE THAN SAID")) {
      try (StubServer server = StubServer.saying(answer)) {
        CheckResult result =
            ask(server, get("", "path /\n digest 5d41402abc4b2a76b9719d911017c592"));
        assertThat(result.succeeded()).as("%s: %s", answer, result).isTrue();
      }
    }
  }

  @Test
  void answersThatAreNone() {
    broken("SSH-2.0-OpenSSH_9.2\r\n", FailureReason.PROTOCOL_ERROR, "SSH-2.0-OpenSSH_9.2");
    broken("\0\1\2garbage\r\n\r\n", FailureReason.PROTOCOL_ERROR, "garbage");
    broken("", FailureReason.CONNECTION_CLOSED, "");
    broken("HTTP/1.1 200 OK\r\nContent", FailureReason.CONNECTION_CLOSED, "HTTP/1.1 200 OK");
    broken(
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
        FailureReason.CONNECTION_CLOSED,
        "HTTP/1.1 200 OK");
    broken(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnothing\r\n",
        FailureReason.PROTOCOL_ERROR,
        "HTTP/1.1 200 OK");
    broken("HTTP/1.1 200 " + "O".repeat(20_000), FailureReason.RESPONSE_TOO_LARGE, "HTTP/1.1 200");
  }

  private static void broken(String answer, FailureReason reason, String received) {
    try (StubServer server = StubServer.saying(answer)) {
      CheckResult result = ask(server, ONE);
      assertThat(result.failure()).as("%s: %s", answer, result).isEqualTo(reason);
      assertThat(result.received()).startsWith(received);
    }
  }

  @Test
  void endlessHeadersAndBodies() {
    hostile(
        (connection, self) -> {
          self.readRequest(connection);
          self.write(connection, "HTTP/1.1 200 OK\r\n");
          for (int i = 0; i < 10_000; i++) {
            self.write(connection, "X-%d: %s\r\n".formatted(i, "x".repeat(1000)));
          }
        },
        FailureReason.RESPONSE_TOO_LARGE,
        "/: header: ");
    byte[] much = new byte[1 << 16];
    hostile(
        (connection, self) -> {
          self.readRequest(connection);
          self.write(connection, "HTTP/1.0 200 OK\r\n\r\n");
          while (true) {
            connection.getOutputStream().write(much);
          }
        },
        FailureReason.RESPONSE_TOO_LARGE,
        "/: body longer than 67108864 bytes");
  }

  @Test
  void silence() {
    hostile(
        (connection, self) -> {
          self.readRequest(connection);
          self.readRequest(connection);
        },
        FailureReason.RESPONSE_TIMEOUT,
        "/: no header within 500 ms");
    hostile(
        (connection, self) -> {
          self.readRequest(connection);
          self.write(connection, "HTTP/1.0 200 OK\r\n\r\nhel");
          self.readRequest(connection);
        },
        FailureReason.RESPONSE_TIMEOUT,
        "/: no more of the body within 500 ms");
  }

  @Test
  void aHeaderInDropsIsNotWaitedForLongerThanAStep() {
    hostile(
        (connection, self) -> {
          for (char c : "HTTP/1.0 200 OK with a long reason".toCharArray()) {
            self.write(connection, String.valueOf(c));
            Thread.sleep(50);
          }
        },
        FailureReason.RESPONSE_TIMEOUT,
        "/: no header within 500 ms");
  }

  @Test
  void resets() {
    hostile(
        (connection, self) -> {
          self.readRequest(connection);
          connection.setSoLinger(true, 0);
        },
        FailureReason.CONNECTION_CLOSED,
        "/: before the header was complete");
    hostile(
        (connection, self) -> connection.setSoLinger(true, 0),
        FailureReason.CONNECTION_CLOSED,
        "/: ");
    int nobody = 1;
    try (Asker asker = Asker.to(loop, "127.0.0.1", nobody, ONE)) {
      assertThat(asker.ask().failure()).isEqualTo(FailureReason.CONNECT_REFUSED);
    }
  }

  private static void hostile(StubServer.Behaviour behaviour, FailureReason reason, String detail) {
    int before = OpenFiles.count();
    try (StubServer server = new StubServer(behaviour)) {
      CheckResult result = ask(server, ONE);
      assertThat(result.failure()).as("%s", result).isEqualTo(reason);
      assertThat(result.detail()).startsWith(detail);
    }
    Await.until(SOON, "no open files more", () -> OpenFiles.count() <= before);
  }

  @Test
  void tlsThatComesToNothing() {
    noTls((connection, self) -> self.write(connection, "\u0016\u0003\u0001\0\u0004trash"), "/: ");
    noTls((connection, self) -> self.write(connection, OK), "/: not TLS but: HTTP/1.1 200 OK");
    noTls((connection, self) -> {}, "/: ");
    noTls(
        (connection, self) -> {
          connection.getInputStream().skipNBytes(1);
          connection.setSoLinger(true, 0);
        },
        "/: ");
    noTls(
        (connection, self) -> {
          for (int i = 0; i < 100; i++) {
            self.write(connection, "\u0016");
            Thread.sleep(50);
          }
        },
        "/: ");
    noTls(
        (connection, self) -> connection.getInputStream().readAllBytes(),
        "/: no TLS handshake within 500 ms");
  }

  private static void noTls(StubServer.Behaviour behaviour, String detail) {
    String words = ONE.replace("HTTP_GET", "SSL_GET");
    int before = OpenFiles.count();
    try (StubServer server = new StubServer(behaviour)) {
      CheckResult result = ask(server, words);
      assertThat(result.failure()).as("%s", result).isEqualTo(FailureReason.TLS_HANDSHAKE);
      assertThat(result.detail()).startsWith(detail);
    }
    Await.until(SOON, "no open files more", () -> OpenFiles.count() <= before);
  }

  @Test
  void anAbandonedAttemptReportsOnceAndCutsTheConnection() {
    try (StubServer server = new StubServer((connection, self) -> waitForEnd(connection, self));
        Asker asker = Asker.to(loop, "127.0.0.1", server.port(), ONE)) {
      CompletableFuture<CheckResult> result = asker.start();
      Await.until(SOON, "a request", () -> server.requests().size() == 1);
      asker.abandon();
      assertThat(result.orTimeout(5, TimeUnit.SECONDS).join().failure())
          .isEqualTo(FailureReason.RESPONSE_TIMEOUT);
      Await.until(SOON, "the end", () -> server.requests().contains("end"));
    }
  }

  private static void waitForEnd(Socket connection, StubServer server) throws IOException {
    server.readRequest(connection);
    try {
      server.readRequest(connection);
    } finally {
      server.note("end");
    }
  }

  @Test
  void urlsAreAskedForInTurn() {
    String urls =
        "HTTP_GET {\n url {\n path /a\n }\n url {\n path /b\n }\n url {\n path /c\n }\n%s}";
    try (StubServer server = byPath();
        Asker asker = Asker.to(loop, "127.0.0.1", server.port(), urls.formatted(""))) {
      asker.ask();
      assertThat(paths(server)).as("all at first").isEqualTo("abc");
      server.failing = "b";
      asker.ask();
      assertThat(asker.ask().detail()).startsWith("/b: status 500");
      asker.ask();
      assertThat(paths(server)).as("the failed one again").isEqualTo("abc" + "abb");
      server.failing = "";
      asker.ask();
      asker.ask();
      asker.ask();
      assertThat(paths(server)).isEqualTo("abcabb" + "bca");
    }
    try (StubServer server = byPath();
        Asker asker =
            Asker.to(loop, "127.0.0.1", server.port(), urls.formatted("fast_recovery\n"))) {
      server.failing = "b";
      asker.ask();
      server.failing = "";
      assertThat(asker.ask().succeeded()).isTrue();
      asker.ask();
      assertThat(paths(server)).as("all after a failure").isEqualTo("ab" + "bca" + "b");
    }
  }

  private static StubServer byPath() {
    return new StubServer(
        (connection, self) -> {
          String path = self.readRequest(connection).substring("GET /".length()).substring(0, 1);
          self.write(
              connection,
              path.equals(self.failing) ? "HTTP/1.0 500 Bad\r\n\r\n" : "HTTP/1.0 200 OK\r\n\r\n");
        });
  }

  private static String paths(StubServer server) {
    return server.requests().stream()
        .map(request -> request.substring("GET /".length()).substring(0, 1))
        .reduce("", String::concat);
  }

  @Test
  void aKeptConnectionIsUsedAgainAndMadeAnewWhenTheServerHasClosedIt() {
    try (StubServer server =
            new StubServer(
                (connection, self) -> {
                  for (int i = 0; i < 3 && self.readRequest(connection) != null; i++) {
                    self.write(connection, i < 2 ? OK : "");
                  }
                });
        Asker asker =
            Asker.to(
                loop,
                "127.0.0.1",
                server.port(),
                get("keep_connection\n http_protocol 1.1", "path /"))) {
      for (int i = 0; i < 4; i++) {
        CheckResult result = asker.ask();
        assertThat(result.succeeded()).as("%s", result).isTrue();
      }
      assertThat(server.connections).as("two answers each, the third is a hang-up").hasValue(2);
      assertThat(server.requests().getFirst()).contains("connection: keep-alive");
    }
  }

  private static void fails(StubServer server, String url, FailureReason reason, String detail) {
    CheckResult result = ask(server, get("", url));
    assertThat(result.failure()).as("%s", result).isEqualTo(reason);
    assertThat(result.detail()).startsWith(detail);
    assertThat(result.received()).startsWith("HTTP/1.1 200 OK");
  }

  private static String get(String words, String url) {
    return "HTTP_GET {\n %s\n url {\n %s\n }\n }".formatted(words, url);
  }

  private static CheckResult ask(StubServer server, String words) {
    try (Asker asker = Asker.to(loop, "127.0.0.1", server.port(), words)) {
      return asker.ask();
    }
  }
}
