package io.keepstream.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.contract.event.VirtualServerEvent;
import io.keepstream.notifier.config.JournalSettings;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.edge.NotifierVerticle;
import io.keepstream.runtime.ContractCodec;
import io.keepstream.runtime.ContractJson;
import io.keepstream.runtime.EventPublisher;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The journal as people read it, when the node that wrote it is gone. */
class EventsCommandTest {
  private static final Instant OCCURRED = Instant.parse("2026-01-02T03:04:05.678Z");

  @TempDir Path directory;
  private final AtomicInteger seconds = new AtomicInteger();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void write() throws Exception {
    Vertx vertx = Vertx.vertx();
    ContractCodec.register(vertx);
    NotifierConfig config =
        NotifierConfig.NONE.withJournal(
            new JournalSettings(directory, JournalSettings.DEFAULT_RETENTION));
    vertx
        .deployVerticle(new NotifierVerticle("lb1", config, new SimpleMeterRegistry()))
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    Source source = new Source("lb1", Service.LVS, "b00t");
    EventPublisher lvs =
        new EventPublisher(
            vertx.eventBus(), source, () -> OCCURRED.plusSeconds(seconds.getAndIncrement()));
    lvs.publish(new VirtualServerEvent.QuorumGained("[172.32.10.18]:tcp:80", 1, 1));
    lvs.publish(new VirtualServerEvent.QuorumLost("[172.32.10.18]:tcp:80", 1, 0));
    lvs.publish(new NodeEvent.Stopping("SIGTERM"));
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void eachEventIsALineWithNumberTimeAgeTypeSubjectAndSummary() {
    assertThat(run()).isZero();
    assertThat(out.toString().lines()).hasSize(3);
    assertThat(out.toString())
        .startsWith("1  2026-01-02T03:04:05.678Z  ")
        .containsPattern(
            " ago  virtual-server.quorum-gained  virtual-server/\\[172.32.10.18\\]:tcp:80  ");
  }

  @Test
  void subjectsTypesAndPlacesChoose() {
    assertThat(run("--type", "virtual-server.*", "--since", "2")).isZero();
    assertThat(out.toString().lines()).singleElement().asString().startsWith("2  ");
    out.getBuffer().setLength(0);
    assertThat(run("--subject", "node", "--until", "lb1/lvs/b00t/3")).isZero();
    assertThat(out.toString().lines()).singleElement().asString().endsWith("Stopping: SIGTERM");
    out.getBuffer().setLength(0);
    long age = Duration.between(OCCURRED, Instant.now()).toDays() - 1;
    assertThat(run("--since", age + "d")).isZero();
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"05, 0", "06, 1", "06.678, 2", "07, 2", "08, 3", "59, 3"})
  void untilATimeIsUpToTheLastEventAtOrBeforeIt(String second, int shown) {
    assertThat(run("--until", "2026-01-02T03:04:" + second + "Z")).isZero();
    assertThat(out.toString().lines()).hasSize(shown);
  }

  @Test
  void asJsonEachLineIsTheEnvelope() throws IOException {
    assertThat(run("-o", "json", "--since", "3")).isZero();
    var line = ContractJson.mapper().readTree(out.toString());
    assertThat(line.path("number").asLong()).isEqualTo(3);
    assertThat(line.path("id").asText()).isEqualTo("lb1/lvs/b00t/3");
    assertThat(line.path("event").path("type").asText())
        .isEqualTo("io.keepstream.node.stopping.v1");
  }

  @Test
  void whatIsNoPlaceIsSaid() {
    assertThat(run("--since", "yesterday")).isEqualTo(2);
    assertThat(err.toString()).contains("`yesterday` is no age as in 10m");
  }

  @Test
  void withoutAJournalThereIsNothingToShow() {
    Path nowhere = directory.resolve("nowhere");
    int status =
        new CommandLine(new EventsCommand())
            .setErr(new PrintWriter(err, true))
            .execute("--directory", nowhere.toString());
    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).contains("no journal in " + nowhere);
  }

  private int run(String... options) {
    CommandLine command =
        new CommandLine(new EventsCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err, true));
    String[] words = new String[options.length + 2];
    System.arraycopy(options, 0, words, 0, options.length);
    words[options.length] = "--directory";
    words[options.length + 1] = directory.toString();
    int status = command.execute(words);
    command.getOut().flush();
    return status;
  }
}
