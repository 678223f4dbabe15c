package io.keepstream.notifier.edge;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.JournalEvent;
import io.keepstream.lab.Await;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.JournalSettings;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.edge.JournalInput.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
      assertThat(entries()).extracting(entry -> entry.envelope().sequence()).isSorted();
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
      assertThat(said.poll(10, TimeUnit.SECONDS))
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
    try (RunningNotifier notifier = RunningNotifier.prepared(config(file))) {
      BlockingQueue<JournalEvent> said = heardBy(notifier);
      notifier.start();
      JournalEvent.Failing event = (JournalEvent.Failing) said.poll(10, TimeUnit.SECONDS);
      assertThat(event).isNotNull();
      assertThat(event.summary())
          .startsWith("The journal in " + file + " cannot be written, events are kept in memory:");
      notifier.publish(Events.up());
      assertThat(said).isEmpty();
    }
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
    try (JournalInput input = new JournalInput(directory)) {
      return input.read(1, 10_000, Long.MAX_VALUE).entries();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
