package io.keepstream.notifier.edge;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.JournalEvent;
import io.keepstream.contract.event.VrrpEvent;
import io.keepstream.lab.Await;
import io.keepstream.lab.Commands;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.Fifo;
import io.keepstream.notifier.config.JournalSettings;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.notifier.edge.JournalInput.Entry;
import io.keepstream.notifier.journal.Retention;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running notifier writes down. */
class LedgerTest {
  private static final Source HEALTH = new Source("lb1", Service.HEALTH, "gone");

  @TempDir Path directory;

  @Test
  void everyEventIsWrittenDownWithItsNumber() {
    try (RunningNotifier notifier = RunningNotifier.with(config(directory))) {
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER), Events.up());
      awaitSubjects("vrrp/VI_1", Events.up().subject());
      assertThat(entries()).extracting(Entry::number).containsExactly(1L, 2L);
    }
  }

  @Test
  void whatWasPublishedWhileItDidNotRunIsRecalled() {
    try (RunningNotifier notifier = RunningNotifier.prepared(config(directory))) {
      for (int i = 0; i < 300; i++) {
        notifier.publish(Events.instance("VI_" + i, BACKUP, MASTER));
      }
      notifier.start();
      notifier.publish(Events.up());
      Await.until(RunningNotifier.LIMIT, "all are there", () -> entries().size() == 301);
      assertThat(entries())
          .extracting(entry -> entry.envelope().sequence())
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void whatNobodyHasAnyMoreIsSaidToBeMissing() throws Exception {
    try (RunningNotifier notifier = RunningNotifier.with(config(directory))) {
      BlockingQueue<JournalEvent> said = heardBy(notifier);
      notifier
          .vertx()
          .eventBus()
          .publish(Bus.EVENTS, new Envelope(HEALTH, 5, Instant.EPOCH, Events.up()));
      assertThat(said.poll(20, TimeUnit.SECONDS))
          .isEqualTo(new JournalEvent.EventsMissing(HEALTH, 1, 4));
      awaitSubjects(Events.up().subject(), "journal");
    }
  }

  @Test
  void aRestartGoesOnInTheSameJournalAndTakesNothingTwice() {
    for (int start = 1; start <= 2; start++) {
      try (RunningNotifier notifier = RunningNotifier.with(config(directory))) {
        for (int sequence = 1; sequence <= start; sequence++) {
          notifier.publish(Events.up());
        }
        notifier.stop();
      }
      assertThat(entries()).hasSize(start);
    }
  }

  @Test
  void withoutADirectoryItGoesOnAndSaysSoOnce() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    Path fifo = directory.resolve("fifo");
    try (RunningNotifier notifier =
        RunningNotifier.prepared(config(fifo, JournalSettings.DEFAULT_RETENTION, file))) {
      BlockingQueue<JournalEvent> said = heardBy(notifier);
      notifier.start();
      JournalEvent.Failing event = (JournalEvent.Failing) said.poll(10, TimeUnit.SECONDS);
      assertThat(event).isNotNull();
      assertThat(event.summary())
          .startsWith("The journal in " + file + " cannot be written, events are kept in memory:");
      for (int delivered = 1; delivered <= 3; delivered++) {
        publish(notifier, 1);
        notifier.awaitDelivered("fifo " + fifo, delivered);
      }
      assertThat(said).isEmpty();
    }
  }

  @Test
  void whileTheJournalCannotBeWrittenEventsAreDeliveredFromMemoryAndWrittenLater()
      throws Exception {
    Path fifo = directory.resolve("fifo");
    Path journal = directory.resolve("journal");
    Retention retention = new Retention(1 << 20, Duration.ofDays(1));
    try (RunningNotifier notifier = RunningNotifier.prepared(config(fifo, retention, journal))) {
      BlockingQueue<JournalEvent> said = heardBy(notifier);
      notifier.start();
      publish(notifier, 10);
      notifier.awaitDelivered("fifo " + fifo, 10);
      Path away = Files.move(journal, directory.resolve("away"));
      // What is written at once goes into one segment, and only the next one cannot be begun.
      for (int delivered = 110; delivered <= 610; delivered += 100) {
        publish(notifier, 100);
        notifier.awaitDelivered("fifo " + fifo, delivered);
      }
      assertThat(said.poll(20, TimeUnit.SECONDS)).isInstanceOf(JournalEvent.Failing.class);
      Files.move(away, journal);
      assertThat(said.poll(20, TimeUnit.SECONDS)).isInstanceOf(JournalEvent.Recovered.class);
      assertThat(entries(journal).stream().filter(LedgerTest::isTransition)).hasSize(610);
    }
  }

  /** Who finds an event in the journal and not the sink that waits for it would never send it. */
  @Test
  @KernelTest
  void nothingIsWrittenBeforeAllWhoAreToGetItAreWrittenDown() throws Exception {
    Path fifo = directory.resolve("fifo");
    Path journal = directory.resolve("journal");
    String sinks = Files.createDirectories(journal.resolve("sinks")).toString();
    Commands.run("mount", "-t", "tmpfs", "-o", "ro", "tmpfs", sinks).orThrow("mount");
    try (RunningNotifier notifier =
        RunningNotifier.prepared(config(fifo, JournalSettings.DEFAULT_RETENTION, journal))) {
      BlockingQueue<JournalEvent> said = heardBy(notifier);
      notifier.start();
      publish(notifier, 10);
      notifier.awaitDelivered("fifo " + fifo, 10);
      assertThat(said.poll(20, TimeUnit.SECONDS)).isInstanceOf(JournalEvent.Failing.class);
      assertThat(entries(journal)).isEmpty();
      Commands.run("mount", "-o", "remount,rw", sinks).orThrow("mount");
      assertThat(said.poll(20, TimeUnit.SECONDS)).isInstanceOf(JournalEvent.Recovered.class);
      assertThat(entries(journal).stream().filter(LedgerTest::isTransition)).hasSize(10);
      assertThat(SinkFiles.open(journal).take("fifo " + fifo)).isPresent();
    } finally {
      Commands.run("umount", sinks).orThrow("umount");
    }
  }

  @Test
  void aReloadChangesHowMuchIsKept() throws Exception {
    JournalSettings large = new JournalSettings(directory, JournalSettings.DEFAULT_RETENTION);
    JournalSettings small =
        new JournalSettings(directory, new Retention(1 << 16, Duration.ofDays(1)));
    try (RunningNotifier notifier = RunningNotifier.with(NotifierConfig.NONE.withJournal(large))) {
      publish(notifier, 500);
      Await.until(RunningNotifier.LIMIT, "all are there", () -> entries().size() == 500);
      notifier.reconfigure(NotifierConfig.NONE.withJournal(small));
      for (int more = 0; more < 5; more++) {
        publish(notifier, 100);
        long last = 600 + 100L * more;
        Await.until(
            RunningNotifier.LIMIT,
            "the last is there",
            () -> entries().stream().anyMatch(entry -> entry.number() >= last));
      }
      assertThat(entries().size()).isLessThan(500);
    }
  }

  private static void publish(RunningNotifier notifier, int events) {
    for (int event = 0; event < events; event++) {
      notifier.publish(Events.instance("VI_" + event, BACKUP, MASTER));
    }
  }

  private static boolean isTransition(Entry entry) {
    return entry.envelope().event() instanceof VrrpEvent;
  }

  private static BlockingQueue<JournalEvent> heardBy(RunningNotifier notifier) {
    BlockingQueue<JournalEvent> said = new LinkedBlockingQueue<>();
    notifier
        .vertx()
        .eventBus()
        .<Envelope>consumer(
            Bus.EVENTS,
            message -> {
              if (message.body().event() instanceof JournalEvent event) {
                said.add(event);
              }
            });
    return said;
  }

  private static NotifierConfig config(Path directory) {
    return NotifierConfig.NONE.withJournal(
        new JournalSettings(directory, JournalSettings.DEFAULT_RETENTION));
  }

  private static NotifierConfig config(Path fifo, Retention retention, Path journal) {
    Fifo asked = new Fifo(fifo, Fifo.Lines.ALL, Optional.empty(), Optional.empty());
    return new NotifierConfig(
            Scripts.NONE, List.of(asked), List.of(), Optional.empty(), Optional.empty())
        .withJournal(new JournalSettings(journal, retention));
  }

  private void awaitSubjects(String... subjects) {
    Await.until(
        RunningNotifier.LIMIT,
        "written: " + List.of(subjects),
        () ->
            entries().stream()
                .map(entry -> entry.envelope().event().subject())
                .toList()
                .equals(List.of(subjects)));
  }

  private List<Entry> entries() {
    return entries(directory);
  }

  private static List<Entry> entries(Path journal) {
    try (JournalInput input = new JournalInput(journal)) {
      return input.read(1, 10_000, Long.MAX_VALUE).entries();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
