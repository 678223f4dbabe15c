package io.keepstream.runtime.link.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.runtime.link.Body;
import io.keepstream.runtime.link.DropReason;
import io.keepstream.runtime.link.Frame;
import io.keepstream.runtime.link.FrameCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers that do not keep to the rules: they are given up, and nobody else notices. */
class MisbehaviorTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @TempDir private Path directory;
  private LinkedProcess health;
  private LinkedProcess notifier;

  @BeforeEach
  void start() {
    health = new LinkedProcess(directory, "health", "ask.health");
    health.bus().consumer("ask.health", question -> question.reply("fine"));
    notifier = new LinkedProcess(directory, "notifier");
    notifier.awaitExport("health", "ask.health");
  }

  @AfterEach
  void close() {
    assertThat(LinkedProcess.get(notifier.ask("ask.health", ""))).isEqualTo("fine");
    notifier.close();
    health.close();
  }

  @Test
  void whoSaysNothingIsGivenUpInTime() throws IOException {
    try (RawPeer peer = new RawPeer(directory, "health")) {
      peer.greet("election");
      health.awaitPeers("election", "notifier");
      long beganNanos = System.nanoTime();
      health.awaitPeers("notifier");
      assertThat(Duration.ofNanos(System.nanoTime() - beganNanos))
          .isBetween(Duration.ofMillis(700), Duration.ofMillis(3000)); // and a slow machine
      assertThat(health.drops(DropReason.SILENT)).isEqualTo(1);
    }
  }

  @Test
  void whoSendsNoFramesIsGivenUpAtOnce() throws IOException {
    try (RawPeer peer = new RawPeer(directory, "health")) {
      peer.say("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(peer.untilClosed()).hasSize(1).first().isInstanceOf(Frame.Hello.class);
      assertThat(health.drops(DropReason.MALFORMED)).isEqualTo(1);
    }
  }

  @Test
  void whoSpeaksAnotherVersionIsGivenUpAtOnce() throws IOException {
    try (RawPeer peer = new RawPeer(directory, "health")) {
      peer.say(new Frame.Hello(FrameCodec.VERSION + 1, "election", Set.of()));
      assertThat(peer.untilClosed()).hasSize(1).first().isInstanceOf(Frame.Hello.class);
      assertThat(health.drops(DropReason.OTHER_VERSION)).isEqualTo(1);
    }
  }

  @Test
  void whoIsStoppedBeforeItIsAcceptedNeverCounts() throws IOException {
    try (RawPeer peer = new RawPeer(directory, "health")) {
      peer.say(new Frame.Hello(FrameCodec.VERSION, "election", Set.of()));
      assertThat(peer.untilClosed().getFirst()).isInstanceOf(Frame.Hello.class);
      assertThat(health.peers()).containsOnlyKeys("notifier");
      assertThat(health.drops(DropReason.SILENT)).isEqualTo(1);
    }
  }

  @Test
  void aNewConnectionOfTheSamePeerReplacesTheOld() throws IOException {
    try (RawPeer old = new RawPeer(directory, "health");
        RawPeer next = new RawPeer(directory, "health")) {
      old.greet("election");
      health.awaitPeers("election", "notifier");
      next.greet("election");
      old.untilClosed();
      assertThat(health.drops(DropReason.REPLACED)).isEqualTo(1);
      health.awaitPeers("election", "notifier");
    }
  }

  @Test
  void whoDoesNotReadIsGivenUpAndHoldsUpNobody() throws Exception {
    try (RawPeer peer = new RawPeer(directory, "health")) {
      peer.greet("election");
      health.awaitPeers("election", "notifier");
      String megabyte = "x".repeat(1 << 20);
      for (int i = 0; i < 8; i++) {
        peer.say(new Frame.Ping()); // it is alive
        health.bus().publish(LinkedProcess.TOPIC, megabyte);
        int told = i + 1;
        Await.until(LIMIT, "who reads hears", () -> notifier.heard().size() == told);
      }
      Await.until(LIMIT, "who does not is gone", () -> health.drops(DropReason.NOT_READING) == 1);
      health.awaitPeers("notifier");
    }
  }

  @Test
  void whatMakesNoSenseIsLeftOutAndTheLinkGoesOn() throws IOException {
    try (RawPeer peer = new RawPeer(directory, "health")) {
      Body unknown = new Body("Unknown", new byte[0]);
      Body event =
          new Body(
              "Envelope",
              "{\"event\":{\"type\":\"of tomorrow\"}}".getBytes(StandardCharsets.UTF_8));
      peer.greet("election")
          .say(new Frame.Publish(LinkedProcess.TOPIC, unknown))
          .say(new Frame.Publish(LinkedProcess.TOPIC, event))
          .say(new Frame.Publish("ask.health", new Body("String", new byte[0])))
          .say(new Frame.Request(1, "ask.health", unknown))
          .say(new Frame.Reply(99, unknown))
          .say(new Frame.Publish(LinkedProcess.TOPIC, new Body("String", new byte[] {'a'})));
      Await.until(LIMIT, "what makes sense", () -> health.heard().equals(List.of("a")));
      assertThat(health.lost()).isEqualTo(4);
      assertThat(health.peers()).containsKey("election");
      assertThat(notifier.heard()).as("what came from a peer").isEmpty();
    }
  }

  @Test
  void whatIsNotExportedCannotBeAsked() throws IOException {
    try (RawPeer peer = new RawPeer(directory, "health")) {
      health.bus().consumer("private", question -> question.reply("secret"));
      peer.greet("election").say(new Frame.Request(5, "private", new Body("", new byte[0])));
      assertThat(peer.untilClosed()).contains(new Frame.Failure(5, -1, "nobody answers here now"));
    }
  }

  /** The directory keeps others out; the link would do so too. */
  @Test
  @Tag("kernel")
  void anotherUserIsNotHeard() throws Exception {
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"), "needs root, to be somebody else");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path socket = EventLink.socket(directory, "health");
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
    String caller =
        """
        use IO::Socket::UNIX;
        my $peer = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die "no connection: $!";
        print defined(<$peer>) ? "heard something" : "heard nothing";
        """;
    Process nobody =
        new ProcessBuilder(
                List.of(
                    "setpriv",
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    "perl",
                    "-e",
                    caller,
                    socket.toString()))
            .redirectErrorStream(true)
            .start();
    assertThat(nobody.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(new String(nobody.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("heard nothing");
    assertThat(health.drops(DropReason.STRANGER)).isEqualTo(1);
  }
}
