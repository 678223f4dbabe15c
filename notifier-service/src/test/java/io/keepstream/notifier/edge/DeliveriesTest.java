package io.keepstream.notifier.edge;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Question.What;
import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.lab.Await;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.config.JournalSettings;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.config.Webhook.Form;
import io.keepstream.notifier.config.Webhook.Wanted;
import io.keepstream.notifier.delivery.Progress.Cursor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What outlives a restart, and what people can see and do. */
class DeliveriesTest {
  private static final String SINK = "webhook ops";

  @TempDir Path directory;
  @AutoClose private HookTarget target = HookTarget.onFreePort();

  @Test
  void whatWasNotDeliveredIsDeliveredAfterARestartAndNothingElse() throws Exception {
    int port = target.port();
    try (RunningNotifier notifier = RunningNotifier.with(config())) {
      notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
      assertThat(target.nextCall().id()).endsWith("/b00t/1");
      notifier.awaitDelivered(SINK, 1);
      target.close();
      notifier.publish(Events.up());
      assertThat(notifier.nextSaid()).isInstanceOf(DeliveryEvent.Failing.class);
      notifier.stop();
    }
    target = HookTarget.on(port);
    try (RunningNotifier notifier = RunningNotifier.with(config())) {
      assertThat(target.nextCall().id()).endsWith("/b00t/2");
      notifier.awaitDelivered(SINK, 1);
      notifier.stop();
    }
  }

  @Test
  void whatIsRefusedCanBeSeenAndSentAgainAfterARestart() throws Exception {
    target.answer(422, 200);
    try (RunningNotifier notifier = RunningNotifier.with(config())) {
      notifier.publish(Events.up());
      target.nextCall();
      Await.until(
          RunningNotifier.LIMIT,
          "it is a dead letter",
          () -> notifier.ask(What.DEAD_LETTERS, SINK).contains("answered 422"));
      notifier.stop();
    }
    try (RunningNotifier notifier = RunningNotifier.with(config())) {
      Await.until(
          RunningNotifier.LIMIT,
          "it is still there",
          () -> notifier.ask(What.DEAD_LETTERS, SINK).contains("  backend.up  backend/"));
      assertThat(notifier.ask(What.RETRY_DEAD, SINK))
          .isEqualTo("1 dead letter(s) are sent again\n");
      assertThat(target.nextCall().id()).endsWith("/b00t/1");
      Await.until(
          RunningNotifier.LIMIT,
          "it is none any more",
          () -> notifier.ask(What.DEAD_LETTERS, SINK).equals("no dead letters\n"));
    }
  }

  @Test
  void allFromAPlaceOnCanBeSentAgain() throws Exception {
    try (RunningNotifier notifier = RunningNotifier.with(config())) {
      notifier.publish(Events.up(), Events.down());
      target.nextCall();
      String second = target.nextCall().id();
      notifier.awaitDelivered(SINK, 2);
      assertThat(notifier.ask(What.REPLAY, second + " " + SINK))
          .isEqualTo("1 event(s) are sent again, from number 2 on\n");
      assertThat(target.nextCall().id()).isEqualTo(second);
      assertThat(notifier.ask(What.REPLAY, "nowhere " + SINK))
          .isEqualTo("there is no event `nowhere` in the journal");
    }
  }

  @Test
  void allThatIsKeptCanBeSentAgainThoughTheBeginningIsGone() throws Exception {
    goOnWith(100);
    try (RunningNotifier notifier = RunningNotifier.with(config())) {
      notifier.publish(Events.down());
      notifier.awaitDelivered(SINK, 1);
      assertThat(notifier.ask(What.REPLAY, "1 " + SINK))
          .isEqualTo("1 event(s) are sent again, from number 100 on\n");
      notifier.awaitDelivered(SINK, 2);
      assertThat(notifier.ask(What.REPLAY, "2999-01-01T00:00:00Z " + SINK))
          .isEqualTo("nothing is sent again: it has not yet sent anything of that\n");
      assertThat(notifier.alsoSaid()).isEmpty();
    }
  }

  @Test
  void whatWasMissingBeforeIsNotSaidToBeMissingAgain() throws Exception {
    try (RunningNotifier notifier = RunningNotifier.with(config())) {
      notifier.publish(Events.up());
      notifier.awaitDelivered(SINK, 1);
      notifier.stop();
    }
    goOnWith(100);
    try (RunningNotifier notifier = RunningNotifier.with(config())) {
      notifier.publish(Events.up(), Events.down()); // the first of which it has heard already
      notifier.awaitDelivered(SINK, 1);
      assertThat(notifier.ask(What.REPLAY, "1 " + SINK)).endsWith("from number 1 on\n");
      notifier.awaitDelivered(SINK, 3);
      assertThat(notifier.alsoSaid()).isEmpty();
    }
  }

  /** As after a loss of power that took the end of the journal but not how far the sink was. */
  private void goOnWith(long number) throws IOException {
    SinkFiles.open(directory).file(SINK).save(new Cursor(number, List.of()));
  }

  @Test
  void eachSinkSaysHowItStands() throws Exception {
    target.answer(500, 200);
    try (RunningNotifier notifier = RunningNotifier.with(config())) {
      notifier.publish(Events.up());
      notifier.awaitDelivered(SINK, 1);
      assertThat(notifier.ask(What.DELIVERIES, null))
          .containsPattern("^webhook ops works for .* s\n")
          .contains("    1 delivered, 1 attempt(s) failed (the last 0.")
          .contains("answered 500), 0 dead letter(s)\n");
      assertThat(notifier.ask(What.DELIVERIES_JSON, null))
          .startsWith("[{\"sink\":{\"sink\":\"webhook ops\",\"healthy\":true,");
      assertThat(notifier.ask(What.DEAD_LETTERS, "webhook oops"))
          .isEqualTo("no sink `webhook oops`; there are: webhook ops");
    }
  }

  @Test
  void theJournalIsMeasured() {
    try (RunningNotifier notifier = RunningNotifier.with(config())) {
      notifier.publish(Events.up());
      notifier.awaitDelivered(SINK, 1);
      assertThat(notifier.meters().get("keepstream.journal.bytes").gauge().value()).isPositive();
      assertThat(notifier.meters().get("keepstream.journal.force").timer().count()).isPositive();
    }
  }

  private NotifierConfig config() {
    Wanted wanted = new Wanted(List.of("vrrp.*", "backend.*"), List.of());
    return HookTarget.config(
            new Webhook("ops", target.endpoint(2_000), List.of(), wanted, new Form.CloudEvent()))
        .withJournal(new JournalSettings(directory, JournalSettings.DEFAULT_RETENTION));
  }
}
