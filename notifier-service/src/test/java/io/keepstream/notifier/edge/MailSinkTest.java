package io.keepstream.notifier.edge;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.FAULT;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.lab.Await;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.Mail;
import io.keepstream.notifier.config.Mail.Login;
import io.keepstream.notifier.config.Mail.Relay;
import io.keepstream.notifier.config.Mail.Tls;
import io.keepstream.notifier.config.MailAlerts;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.notifier.edge.MailServer.Received;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.peer.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A real notifier against mail servers on loopback. */
class MailSinkTest {
  private static final long TIMEOUT_MILLIS = 500;

  /** What Vert.x calls a blocked loop. */
  private static final Duration LOOP_LIMIT = Duration.ofSeconds(2);

  @TempDir Path directory;

  @Test
  void anAlertGoesToAllRecipientsInOneMessage() throws Exception {
    try (MailServer server = MailServer.start();
        RunningNotifier notifier = RunningNotifier.with(config(plain(server.port())))) {
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      Received mail = server.next();
      assertThat(mail.helo()).isEqualTo("lb1.example.org");
      assertThat(mail.from()).isEqualTo("lb@example.org");
      assertThat(mail.recipients()).containsExactly("a@example.org", "b@example.org");
      assertThat(mail.message().getSubject())
          .isEqualTo("[lb1] VRRP Instance VI_1 - Entering MASTER state");
      assertThat(mail.header("To")).isEqualTo("a@example.org, \"B. Person\" <b@example.org>");
      assertThat(mail.header("From")).isEqualTo("lb@example.org");
      assertThat(mail.header("X-Mailer")).isEqualTo("Keepstream");
      assertThat(mail.message().getContent().toString())
          .startsWith("=> VRRP Instance is now owning VRRP VIPs <=\r\n\r\n(VI_1) Entering MASTER");
    }
  }

  @Test
  void theSameStateIsNotMailedTwiceInARow() throws Exception {
    try (MailServer server = MailServer.start();
        RunningNotifier notifier = RunningNotifier.with(config(plain(server.port())))) {
      notifier.publish(
          Events.instance("VI_1", FAULT, BACKUP),
          Events.instance("VI_1", FAULT, BACKUP),
          Events.instance("VI_1", BACKUP, MASTER));
      assertThat(server.next().message().getSubject()).endsWith("Entering BACKUP state");
      assertThat(server.next().message().getSubject()).endsWith("Entering MASTER state");
    }
  }

  @Test
  void whatComesTogetherIsOneMail() throws Exception {
    try (MailServer server = MailServer.start();
        RunningNotifier notifier =
            RunningNotifier.with(config(plain(server.port()), Duration.ofSeconds(1)))) {
      notifier.publish(
          Events.instance("VI_1", BACKUP, FAULT),
          Events.instance("VI_2", MASTER, FAULT),
          Events.instance("VI_2", FAULT, BACKUP));
      Received mail = server.next();
      assertThat(mail.message().getSubject())
          .isEqualTo("[lb1] VRRP Instance VI_1 - Entering FAULT state (and 1 more)");
      assertThat(mail.message().getContent().toString())
          .startsWith("[lb1] VRRP Instance VI_1 - Entering FAULT state\r\n=> VRRP Instance is no ")
          .contains("\r\n\r\n[lb1] VRRP Instance VI_2 - Entering FAULT state\r\n=> VRRP Instance");
      assertThat(server.next().message().getSubject())
          .as("of one subject each is told, and alone in keepalived's words")
          .isEqualTo("[lb1] VRRP Instance VI_2 - Entering BACKUP state");
      notifier.awaitDelivered("mail", 3);
      assertThat(server.isEmpty()).isTrue();
    }
  }

  @Test
  void atTheEndNothingMoreIsGathered() throws Exception {
    try (MailServer server = MailServer.start();
        RunningNotifier notifier =
            RunningNotifier.with(config(plain(server.port()), Duration.ofMinutes(1)))) {
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      Await.until(
          RunningNotifier.LIMIT, "it is gathered", () -> notifier.sink("mail").queued() == 1);
      notifier.stop();
      assertThat(server.next().message().getSubject()).endsWith("VI_1 - Entering MASTER state");
    }
  }

  @Test
  void aRefusedRecipientDoesNotKeepTheOthersFromBeingTold() throws Exception {
    try (MailServer server = MailServer.start();
        RunningNotifier notifier = RunningNotifier.with(config(plain(server.port())))) {
      server.refuse("a@example.org", 550);
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      assertThat(server.next().recipients()).containsExactly("b@example.org");
      notifier.awaitDelivered("mail", 1);
      assertThat(notifier.alsoSaid()).isEmpty();
    }
  }

  @Test
  void whatIsRefusedForNowIsTriedAgainWithTheSameId() throws Exception {
    try (MailServer server = MailServer.start();
        RunningNotifier notifier = RunningNotifier.with(config(plain(server.port())))) {
      server.refuse("a@example.org", 451);
      server.refuse("b@example.org", 451);
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      assertThat(notifier.nextSaid().summary())
          .startsWith("Delivery to mail fails: 127.0.0.1:%d: 451".formatted(server.port()));
      server.accept("a@example.org");
      server.accept("b@example.org");
      assertThat(server.next().header("Message-ID")).matches("<[0-9a-f-]{36}@lb1\\.example\\.org>");
      assertThat(notifier.nextSaid()).isInstanceOf(DeliveryEvent.Recovered.class);
    }
  }

  @Test
  void whatIsRefusedForGoodDoesNotHoldUpTheRest() throws Exception {
    try (MailServer server = MailServer.start();
        RunningNotifier notifier = RunningNotifier.with(config(plain(server.port())))) {
      server.refuse("a@example.org", 550);
      server.refuse("b@example.org", 550);
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      assertThat(notifier.nextSaid()).isInstanceOf(DeliveryEvent.Failing.class);
      server.accept("a@example.org");
      server.accept("b@example.org");
      notifier.publish(Events.instance("VI_1", MASTER, BACKUP));
      assertThat(server.next().message().getSubject()).endsWith("Entering BACKUP state");
    }
  }

  @Test
  void overTlsItLogsInWithAPasswordThatIsNeverPrinted() throws Exception {
    TestCertificate certificate = TestCertificate.in(directory);
    Path password = Files.writeString(directory.resolve("password"), "wrong\n");
    try (MailServer server = secured(certificate);
        RunningNotifier notifier =
            RunningNotifier.with(
                config(
                    relay(
                        server.port(),
                        new Tls(Optional.of(certificate.pem())),
                        new Login("lb", password))))) {
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      assertThat(notifier.nextSaid().summary()).contains(": 535 ").doesNotContain("wrong");
      Files.writeString(password, "swordfish\n");
      assertThat(server.next().recipients()).hasSize(2);
    }
  }

  @Test
  void aCertificateOfSomebodyElseIsRefused() throws Exception {
    TestCertificate certificate = TestCertificate.in(directory);
    try (MailServer server = secured(certificate);
        RunningNotifier notifier =
            RunningNotifier.with(config(relay(server.port(), new Tls(Optional.empty()), null)))) {
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      assertThat(notifier.nextSaid().summary()).contains("unable to find valid certification path");
      assertThat(server.isEmpty()).isTrue();
    }
  }

  @Test
  void aServerWithoutTlsGetsNothingWhereTlsIsAskedFor() throws Exception {
    try (MailServer server = MailServer.start();
        RunningNotifier notifier =
            RunningNotifier.with(config(relay(server.port(), new Tls(Optional.empty()), null)))) {
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      assertThat(notifier.nextSaid().summary()).contains("STARTTLS is required");
      assertThat(server.isEmpty()).isTrue();
    }
  }

  /** What a server does once somebody has connected. */
  private interface Manners {
    void serve(InputStream in, OutputStream out) throws IOException;
  }

  @Test
  @Proves("FI-22")
  void aServerThatSaysNothingIsLeftAndHoldsUpNobody() throws Exception {
    assertLeft((in, out) -> in.transferTo(OutputStream.nullOutputStream()), "Read timed out");
  }

  @Test
  @Proves("FI-22")
  void aServerWhoseAnswersDoNotEndIsLeftAndHoldsUpNobody() throws Exception {
    byte[] more = "220-and so on\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
    AtomicLong sent = new AtomicLong();
    Manners endless =
        (in, out) -> {
          while (true) {
            out.write(more);
            sent.addAndGet(more.length);
          }
        };
    assertLeft(endless, "its answers do not end");
    assertThat(sent.get()).as("taken from it, with the buffers of the kernel").isLessThan(20 << 20);
  }

  @Test
  @Proves("FI-22")
  void aServerThatDribblesIsLeftAtLast() throws Exception {
    Manners dribble =
        (in, out) -> {
          while (true) {
            out.write("220-\r\n".getBytes(StandardCharsets.US_ASCII));
            sleepBriefly();
          }
        };
    assertLeft(dribble, "Closed by interrupt");
  }

  @Test
  @Proves("FI-22")
  void aServerThatRefusesConnectionsIsSaid() throws Exception {
    int port;
    try (ServerSocket nobody = new ServerSocket(0)) {
      port = nobody.getLocalPort();
    }
    try (RunningNotifier notifier = RunningNotifier.with(config(plain(port)))) {
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      assertThat(notifier.nextSaid().summary()).endsWith(port + ": Connection refused");
    }
  }

  /** The event loop, which everything else waits for, goes on meanwhile. */
  private static void assertLeft(Manners manners, String detail) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        RunningNotifier notifier = RunningNotifier.with(config(plain(server.getLocalPort())))) {
      Thread.ofVirtual().start(() -> serveAll(server, manners));
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      while (notifier.alsoSaid().isEmpty()) {
        long askedNanos = System.nanoTime();
        notifier.sink("mail");
        assertThat(Duration.ofNanos(System.nanoTime() - askedNanos)).isLessThan(LOOP_LIMIT);
      }
      assertThat(notifier.nextSaid().summary()).endsWith(detail);
      assertThat(notifier.stop()).isLessThan(Duration.ofSeconds(3));
    }
  }

  private static void serveAll(ServerSocket server, Manners manners) {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket, manners));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static void serve(Socket socket, Manners manners) {
    try (socket) {
      manners.serve(socket.getInputStream(), socket.getOutputStream());
    } catch (IOException e) {
      // It was left.
    }
  }

  private static void sleepBriefly() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static MailServer secured(TestCertificate certificate) throws Exception {
    EasyAuthenticationHandlerFactory login =
        new EasyAuthenticationHandlerFactory(
            (user, password, context) -> {
              if (!user.equals("lb") || !password.equals("swordfish")) {
                throw new LoginFailedException();
              }
            });
    var context = certificate.context();
    return MailServer.start(
        (SMTPServer.Builder server) ->
            server
                .enableTLS()
                .requireTLS()
                .startTlsSocketFactory(context)
                .authenticationHandlerFactory(login)
                .requireAuth());
  }

  private static Relay plain(int port) {
    return relay(port, null, null);
  }

  private static Relay relay(int port, Tls tls, Login login) {
    return new Relay(
        "127.0.0.1",
        port,
        Optional.of("lb1.example.org"),
        TIMEOUT_MILLIS,
        Optional.ofNullable(tls),
        Optional.ofNullable(login));
  }

  private static NotifierConfig config(Relay relay) {
    return config(relay, Duration.ZERO);
  }

  private static NotifierConfig config(Relay relay, Duration groupWait) {
    MailAlerts alerts =
        new MailAlerts(Set.of("VI_1", "VI_2"), Set.of(), Map.of(), Set.of(), true, true);
    Mail mail =
        new Mail(
            relay,
            Optional.of("lb@example.org"),
            List.of("a@example.org", "\"B. Person\" <b@example.org>"),
            alerts,
            Set.of(),
            groupWait);
    return new NotifierConfig(
        Scripts.NONE, List.of(), List.of(), Optional.empty(), Optional.of(mail));
  }
}
