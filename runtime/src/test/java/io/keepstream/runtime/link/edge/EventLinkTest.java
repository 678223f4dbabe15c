package io.keepstream.runtime.link.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Question;
import io.keepstream.contract.Question.What;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.lab.Await;
import io.keepstream.runtime.link.DropReason;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that keep to the rules. */
class EventLinkTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Question QUESTION = new Question(What.EXPLAIN, "VI_1");

  @TempDir private Path directory;
  private final List<LinkedProcess> processes = new ArrayList<>();

  @AfterEach
  void close() {
    processes.forEach(LinkedProcess::close);
  }

  private LinkedProcess start(String name, String... exports) {
    LinkedProcess process = new LinkedProcess(directory, name, exports);
    processes.add(process);
    return process;
  }

  @Test
  void whatOnePublishesEveryoneHearsOnceAndInOrder() {
    LinkedProcess election = start("election");
    LinkedProcess health = start("health");
    LinkedProcess notifier = start("notifier");
    election.awaitPeers("health", "notifier");
    health.awaitPeers("election", "notifier");
    notifier.awaitPeers("election", "health");

    List<Object> published = new ArrayList<>();
    for (int i = 1; i <= 1000; i++) {
      published.add(envelope(i));
      election.bus().publish(LinkedProcess.TOPIC, envelope(i));
    }
    for (LinkedProcess each : processes) {
      Await.until(LIMIT, "all events", () -> each.heard().size() >= published.size());
    }
    // What would have come twice came before this.
    health.bus().publish(LinkedProcess.TOPIC, "last");
    published.add("last");
    for (LinkedProcess each : processes) {
      Await.until(LIMIT, "the last", () -> each.heard().contains("last"));
      assertThat(each.heard()).containsExactlyElementsOf(published);
    }
  }

  private static Envelope envelope(long sequence) {
    Source source = new Source("node", Service.ELECTION, "boot");
    return new Envelope(
        source, sequence, Instant.EPOCH, new NodeEvent.Stalled(Service.ELECTION, sequence));
  }

  @Test
  void aPeerIsAskedAndAnswers() {
    LinkedProcess election = start("election", "ask.election");
    election
        .bus()
        .<Question>consumer("ask.election", question -> question.reply("VI_1?".repeat(100_000)));
    LinkedProcess notifier = start("notifier");
    notifier.awaitExport("election", "ask.election");
    assertThat(LinkedProcess.get(notifier.ask("ask.election", QUESTION)))
        .isEqualTo("VI_1?".repeat(100_000));
  }

  @Test
  void aQuestionCrossesAsItIsAndSoDoesARefusal() {
    LinkedProcess election = start("election", "ask.election");
    election
        .bus()
        .<Question>consumer(
            "ask.election", question -> question.fail(7, "no " + question.body().argument()));
    LinkedProcess notifier = start("notifier");
    notifier.awaitExport("election", "ask.election");
    assertThatThrownBy(() -> LinkedProcess.get(notifier.ask("ask.election", QUESTION)))
        .hasRootCauseMessage("no VI_1");
  }

  @Test
  void whatNobodyExportsFailsAtOnce() {
    LinkedProcess election = start("election", "ask.election");
    LinkedProcess notifier = start("notifier");
    notifier.awaitExport("election", "ask.election");
    assertThatThrownBy(() -> LinkedProcess.get(notifier.ask("ask.health", "")))
        .hasMessageContaining("No handlers for address ask.health");
    assertThat(election.peers()).containsOnlyKeys("notifier");
  }

  @Test
  void whatCannotCrossTheLinkIsSaidToWhoAsks() {
    start("election", "ask.election");
    LinkedProcess notifier = start("notifier");
    notifier.awaitExport("election", "ask.election");
    assertThatThrownBy(() -> LinkedProcess.get(notifier.ask("ask.election", 7)))
        .hasMessageContaining("a message of type Integer cannot cross the link");
    notifier.bus().publish(LinkedProcess.TOPIC, 7);
    Await.until(LIMIT, "a loss is counted", () -> notifier.lost() == 1);
  }

  @Test
  void exportsMayComeLater() {
    LinkedProcess election = start("election");
    LinkedProcess notifier = start("notifier");
    notifier.awaitPeers("election");
    election.bus().consumer("late", question -> question.reply("here"));
    election.link().export(Set.of("late"));
    notifier.awaitExport("election", "late");
    assertThat(LinkedProcess.get(notifier.ask("late", ""))).isEqualTo("here");
  }

  @Test
  void whoWaitsForAPeerThatEndsIsToldAtOnceAndTheNextOneAnswers() {
    LinkedProcess health = start("health", "ask.health");
    List<Object> questions = new CopyOnWriteArrayList<>();
    health.bus().consumer("ask.health", question -> questions.add(question.body()));
    LinkedProcess lvs = start("lvs");
    lvs.awaitExport("health", "ask.health");
    Future<Object> asked = lvs.ask("ask.health", "nobody answers this");
    Await.until(LIMIT, "the question is there", () -> questions.size() == 1);

    long beganNanos = System.nanoTime();
    processes.remove(health);
    health.close();
    assertThatThrownBy(() -> LinkedProcess.get(asked)).hasMessageContaining("closed its end");
    assertThat(System.nanoTime() - beganNanos).isLessThan(5_000_000_000L); // its limit is 10 s
    lvs.awaitPeers();

    LinkedProcess next = start("health", "ask.health");
    next.bus().consumer("ask.health", question -> question.reply("again"));
    lvs.awaitExport("health", "ask.health");
    assertThat(LinkedProcess.get(lvs.ask("ask.health", ""))).isEqualTo("again");
  }

  @Test
  void twoOfOneServiceAreNotLinked() {
    LinkedProcess health = start("health", "ask.health");
    LinkedProcess both = start("health+lvs", "ask.health", "ask.lvs");
    Await.until(
        LIMIT,
        "both give up",
        () -> health.drops(DropReason.SAME_SERVICE) > 0 || both.drops(DropReason.SAME_SERVICE) > 0);
    assertThat(both.peers()).isEmpty();
  }
}
