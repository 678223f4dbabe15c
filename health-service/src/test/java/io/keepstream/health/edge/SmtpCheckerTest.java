package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.config.Connection;
import io.keepstream.health.config.Target;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a real mail server and against those that only pretend, between two hosts. */
@KernelTest
class SmtpCheckerTest {
  private static final long STEP = 400_000_000L;

  private static NamespaceLab lab;
  private static LabHost server;
  private static ProbeHost probes;
  private static SmtpChecker checker;
  private static int port = 2600;

  @BeforeAll
  static void startHosts() {
    lab = NamespaceLab.create();
    LabHost balancer = lab.host("lb").nic("eth0", lab.bridge("lan"), "10.0.0.1/24", "fd00::1/64");
    server = lab.host("mail").nic("eth0", lab.bridge("lan"), "10.0.0.2/24", "fd00::2/64");
    probes = new ProbeHost(balancer);
    checker = new SmtpChecker(new ForeignLibc(), probes.loop());
  }

  @AfterAll
  static void removeHosts() {
    probes.close();
    lab.close();
  }

  @Test
  @KernelTest(tools = "aiosmtpd")
  void aMailServer() {
    server.start("aiosmtpd", "-n", "-l", "10.0.0.2:25");
    Await.until(
        Duration.ofSeconds(20), "aiosmtpd", () -> check("10.0.0.2", 25, 10 * STEP).succeeded());
    assertThat(check("10.0.0.2", 25, 10 * STEP).received()).startsWith("220 ").contains("SMTP");
  }

  @Test
  void aPoliteDialogue() {
    int at = serve(socket -> talk(socket, "220-hi\r\n220 there\r\n", "250 ok\r\n", "221 bye\r\n"));
    assertThat(check(at).succeeded()).isTrue();
    assertThat(check("fd00::2", at, 10 * STEP).succeeded()).isTrue();
  }

  @Test
  void wrongCodes() {
    fails(
        serve(socket -> talk(socket, "554 go away\r\n")),
        FailureReason.SMTP_CODE,
        "greeting `554 go away`, 220 expected");
    fails(
        serve(socket -> talk(socket, "220 hi\r\n", "501 who?\r\n")),
        FailureReason.SMTP_CODE,
        "reply to HELO `501 who?`, 250 expected");
  }

  @Test
  void anEndInTheMiddle() {
    fails(
        serve(socket -> talk(socket)),
        FailureReason.CONNECTION_CLOSED,
        "closed by the server, greeting expected");
    fails(
        serve(socket -> talk(socket, "220 hi\r\n")),
        FailureReason.CONNECTION_CLOSED,
        "closed by the server, reply to HELO expected");
    fails(
        serve(
            socket -> {
              talk(socket, "220 hi\r\n");
              socket.setSoLinger(true, 0);
            }),
        FailureReason.CONNECTION_CLOSED,
        "ECONNRESET");
  }

  @Test
  void nobodyListens() {
    fails(2599, FailureReason.CONNECT_REFUSED, "ECONNREFUSED");
  }

  @Test
  void silenceAndASlowDripEndInTime() {
    fails(
        serve(socket -> socket.getInputStream().read()),
        FailureReason.RESPONSE_TIMEOUT,
        "no greeting within 400 ms");
    CheckResult dripped =
        fails(
            serve(
                socket -> {
                  OutputStream out = socket.getOutputStream();
                  for (int i = 0; ; i++) {
                    out.write("220-".charAt(i % 4));
                    out.flush();
                    socket.setSoTimeout(20);
                    read(socket.getInputStream());
                  }
                }),
            FailureReason.RESPONSE_TIMEOUT,
            "no greeting within 400 ms");
    assertThat(dripped.received()).startsWith("220-220-");
    assertThat(dripped.durationNanos()).isBetween(STEP, 10 * STEP);
  }

  /** A pause of the socket's read timeout. */
  private static void read(InputStream in) throws IOException {
    try {
      in.read();
    } catch (java.net.SocketTimeoutException e) {
      // As wanted.
    }
  }

  @Test
  void anEndlessGreetingAndGarbage() {
    CheckResult flooded =
        fails(
            serve(
                socket -> {
                  byte[] lines =
                      "220-and on and on\r\n".repeat(1000).getBytes(StandardCharsets.ISO_8859_1);
                  while (true) {
                    socket.getOutputStream().write(lines);
                  }
                }),
            FailureReason.SMTP_CODE,
            "greeting longer than 4096 bytes");
    assertThat(flooded.received()).hasSizeLessThan(300);
    fails(
        serve(socket -> talk(socket, "\u0016\u0003\u0001\0\0")),
        FailureReason.SMTP_CODE,
        "greeting `????");
  }

  private static CheckResult fails(int at, FailureReason reason, String detail) {
    CheckResult result = check(at);
    assertThat(result.failure()).as("%s", result).isEqualTo(reason);
    assertThat(result.detail()).startsWith(detail);
    return result;
  }

  private static CheckResult check(int at) {
    return check("10.0.0.2", at, STEP);
  }

  private static CheckResult check(String address, int at, long stepNanos) {
    Connection to = new Connection(InetAddress.ofLiteral(address), at, null, 0, null, 0);
    return probes.check(checker.prepare(new Target.Smtp(to, "lb.example.org", stepNanos)));
  }

  /** Says the first line, and each other one after a line of the client. */
  private static void talk(Socket socket, String... lines) throws IOException {
    for (int i = 0; i < lines.length; i++) {
      socket.getOutputStream().write(lines[i].getBytes(StandardCharsets.ISO_8859_1));
      int read = socket.getInputStream().read();
      while (read >= 0 && read != '\n') {
        read = socket.getInputStream().read();
      }
    }
  }

  private interface Conversation {
    void with(Socket client) throws IOException;
  }

  /** Serves every client in the same way; the port. */
  private static int serve(Conversation conversation) {
    int at = port++;
    ServerSocket socket = server.inside(() -> new ServerSocket(at));
    lab.own(socket);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                  conversation.with(client);
                } catch (IOException e) {
                  // The client is gone.
                }
              }
            });
    return at;
  }
}
