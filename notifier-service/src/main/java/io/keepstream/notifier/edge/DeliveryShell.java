package io.keepstream.notifier.edge;

import io.keepstream.contract.event.DeliveryEvent;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.notifier.delivery.DeadLetter;
import io.keepstream.notifier.delivery.Delivery;
import io.keepstream.notifier.delivery.Effect;
import io.keepstream.notifier.delivery.Health;
import io.keepstream.notifier.delivery.Input;
import io.keepstream.notifier.delivery.Message;
import io.keepstream.notifier.delivery.Outcome;
import io.keepstream.notifier.delivery.Progress.Cursor;
import io.keepstream.notifier.edge.JournalInput.Batch;
import io.keepstream.notifier.edge.JournalInput.Entry;
import io.keepstream.notifier.edge.Outlets.Plan;
import io.keepstream.notifier.noise.Muffler;
import io.keepstream.notifier.port.Sink;
import io.keepstream.notifier.report.SinkReport;
import io.keepstream.runtime.EventPublisher;
import io.keepstream.runtime.Window;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one {@link Delivery} against its sink; to be used on one context only. */
final class DeliveryShell<M> {
  private static final Logger log = LoggerFactory.getLogger(DeliveryShell.class);
  private static final int MOST_AT_ONCE = 256;
  private static final long READ_AGAIN_MILLIS = 1_000;

  /**
   * What all of them share.
   *
   * @param files where sinks are kept; empty for nowhere
   * @param disk the thread that writes them
   */
  record Surroundings(
      Context context,
      EventPublisher events,
      Ledger ledger,
      Optional<SinkFiles> files,
      WorkerExecutor disk) {}

  private final Surroundings around;
  private final Context context;
  private final Delivery<M> delivery;
  private final SinkState kept;
  private final JournalInput input;
  private Plan<M> plan;
  private final long firstNumber;
  private Muffler muffler;
  private Sink<M> sink;
  private Future<Void> previousClosed = Future.succeededFuture();
  private long timer = -1;
  private long openings;
  private final Window unreadWindow = new Window();
  private boolean reading;

  /** What is missing below this number was missing before all was sent again. */
  private long sentBelow;

  private Future<Batch> lastRead = Future.succeededFuture();
  private Promise<Void> drained;
  private boolean closed;

  /** A sink that goes on where it was, or begins with what comes next. */
  DeliveryShell(Surroundings around, Plan<M> plan) {
    this.around = around;
    this.plan = plan;
    context = around.context();
    sink = plan.sink().get();
    firstNumber = around.ledger().last() + 1;
    muffler = new Muffler(firstNumber);
    Cursor cursor =
        around
            .files()
            .flatMap(files -> files.take(name()))
            .orElseGet(() -> new Cursor(around.ledger().last() + 1, List.of()));
    delivery = new Delivery<>(plan.delivery(), cursor, System.nanoTime());
    kept =
        new SinkState(
            context,
            around.disk(),
            around.files().map(files -> files.file(name())),
            cursor.position());
    input = around.ledger().input();
    around.ledger().holdFor(kept);
    kept.save(delivery.progress()::cursor);
  }

  /** Opens the sink when {@code predecessor}, which had the same target, has let go of it. */
  void open(Future<Void> predecessor) {
    previousClosed = predecessor;
    closed = false;
    openings++;
    on(new Input.Opened<>(plan.delivery()));
  }

  /** Goes on with another plan, and another sink if it is not the same any more. */
  void change(Plan<M> next, boolean reopen) {
    plan = next;
    if (reopen) {
      Future<Void> previous = letGo();
      sink = next.sink().get();
      open(previous);
    }
  }

  /** Takes more of the journal, if there is more and room for it. */
  void pump() {
    long from = delivery.next();
    long limit = plan.local() ? around.ledger().written() : around.ledger().forced();
    int room = Math.min(delivery.room(), MOST_AT_ONCE);
    if (reading || closed || room <= 0 || from > limit) {
      noteDrained();
      return;
    }
    reading = true;
    lastRead = around.ledger().read(input, from, room);
    lastRead
        .onSuccess(
            batch -> {
              reading = false;
              if (from == delivery.next() && !closed) {
                feed(from, batch, limit);
              } else {
                pump();
              }
            })
        .onFailure(this::readAgain);
  }

  /** Nothing is read until then, whatever comes. */
  private void readAgain(Throwable failure) {
    if (unreadWindow.count(System.nanoTime()) != null) {
      log.warn("{}: the journal cannot be read: {}", name(), failure.toString());
    }
    context
        .owner()
        .setTimer(
            READ_AGAIN_MILLIS,
            now -> {
              reading = false;
              pump();
            });
  }

  private void feed(long from, Batch batch, long limit) {
    long upTo = Math.min(batch.next(), limit + 1);
    List<Entry> entries = batch.entries().stream().filter(entry -> entry.number() < upTo).toList();
    List<Message<M>> wanted =
        entries.stream()
            .filter(entry -> !isAboutItself(entry))
            .filter(this::hears)
            .flatMap(entry -> plan.selection().message().apply(entry).stream())
            .toList();
    on(new Input.Fed<>(wanted, upTo, missing(entries, Math.max(from, sentBelow), upTo)));
    pump();
  }

  private static long missing(List<Entry> entries, long from, long upTo) {
    long there = entries.stream().filter(entry -> entry.number() >= from).count();
    return Math.max(0, upTo - from) - there;
  }

  private boolean hears(Entry entry) {
    return muffler.passes(plan.selection().leftOut(), entry.number(), entry.envelope().event());
  }

  private boolean isAboutItself(Entry entry) {
    return entry.envelope().event() instanceof DeliveryEvent own && own.sink().equals(name());
  }

  /** Completes when all is sent, or hope is gone, or time is over. */
  Future<Void> drain(long limitMillis) {
    drained = Promise.promise();
    sink.hurry();
    context.owner().setTimer(limitMillis, over -> drained.tryComplete());
    noteDrained();
    return drained.future();
  }

  /** Lets go of the sink; whatever was under way is sent again when it comes back. */
  Future<Void> close() {
    return letGo().eventually(kept::close).eventually(() -> lastRead.transform(read -> unread()));
  }

  /** Gives back the file that was read last. */
  private Future<?> unread() {
    return input == null
        ? Future.succeededFuture()
        : context.executeBlocking(
            () -> {
              input.close();
              return null;
            },
            false);
  }

  private Future<Void> letGo() {
    openings++;
    closed = true;
    context.owner().cancelTimer(timer);
    Promise<Void> gone = Promise.promise();
    sink.close(() -> context.runOnContext(now -> gone.complete()));
    return Future.join(gone.future(), previousClosed).mapEmpty();
  }

  /** Nobody wants to know any more how far it had got. */
  void forget() {
    kept.delete();
  }

  /** All below this number is done with for good. */
  long savedPosition() {
    return kept.savedPosition();
  }

  String name() {
    return plan.delivery().sink();
  }

  /** How it stands, for people. */
  SinkReport report() {
    Optional<Delivery.Failure> last = delivery.lastFailure();
    return new SinkReport(
        snapshot(),
        delivery.progress().position(),
        last.map(Delivery.Failure::why).orElse(null),
        last.map(failure -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - failure.atNanos()))
            .orElse(null));
  }

  List<DeadLetter> letters() {
    return kept.letters();
  }

  /** Sends its dead letters again, if it still wants them; says how many. */
  int retryDead() {
    List<Message<M>> wanted =
        kept.letters().stream()
            .map(letter -> new Entry(letter.number(), letter.envelope()))
            .flatMap(entry -> plan.selection().message().apply(entry).stream())
            .toList();
    on(new Input.Retried<>(wanted));
    return wanted.size();
  }

  /** Sends again all from {@code position} on; says how many events that are. */
  long rewind(long position) {
    long end = delivery.next();
    if (position >= end) {
      return 0;
    }
    sentBelow = Math.max(sentBelow, end);
    muffler = new Muffler(firstNumber);
    on(new Input.Rewound<>(Math.max(1, position)));
    pump();
    return end - Math.max(1, position);
  }

  /** The sink's part of the snapshot. */
  ServiceState.Sink snapshot() {
    Health health = delivery.health();
    long oldestMillis =
        delivery
            .oldest()
            .map(at -> Duration.between(at, around.events().wallClock().instant()).toMillis())
            .orElse(0L);
    return new ServiceState.Sink(
        name(),
        health.working(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - health.sinceNanos()),
        delivery.delivered(),
        delivery.progress().openBelow(around.ledger().last() + 1),
        Math.max(0, oldestMillis),
        delivery.failures(),
        kept.letters().size(),
        health.working() ? null : health.detail());
  }

  private void on(Input<M> input) {
    long position = delivery.progress().position();
    List<Effect<M>> effects = delivery.on(input, System.nanoTime());
    effects.forEach(this::perform);
    boolean moved = delivery.progress().position() != position;
    if (moved || input instanceof Input.Ended<M>) {
      kept.save(() -> delivery.progress().cursor());
    }
    rearm();
  }

  private void perform(Effect<M> effect) {
    switch (effect) {
      case Effect.Open<M> _ -> open();
      case Effect.Send<M>(Message<M> message) -> send(message);
      case Effect.Say<M>(var event) -> around.events().publish(event);
      case Effect.Bury<M>(Message<M> message, String why) ->
          kept.bury(
              new DeadLetter(
                  message.number(),
                  around.events().wallClock().instant(),
                  why,
                  message.envelope()));
      case Effect.Unbury<M>(Message<M> message) -> kept.unbury(message.number());
    }
  }

  private void open() {
    Sink<M> mine = sink;
    attempt(
        done ->
            previousClosed.onSuccess(
                gone -> {
                  if (mine.equals(sink) && !closed) {
                    mine.open(done);
                  }
                }),
        Input.OpeningEnded::new);
  }

  private void send(Message<M> message) {
    attempt(
        done -> sink.send(message.content(), done),
        (outcome, chance) -> new Input.Ended<>(message.number(), outcome, chance));
  }

  private interface Ending<M> {
    Input<M> of(Outcome outcome, double chance);
  }

  /** An outcome that belongs to a sink closed since is not listened to. */
  private void attempt(Consumer<Consumer<Outcome>> action, Ending<M> ending) {
    long mine = openings;
    Consumer<Outcome> done =
        outcome ->
            context.runOnContext(
                now -> {
                  if (mine == openings) {
                    on(ending.of(outcome, ThreadLocalRandom.current().nextDouble()));
                    pump();
                  }
                });
    try {
      action.accept(done);
    } catch (RuntimeException e) {
      done.accept(new Outcome.GivenUp(e.toString()));
    }
  }

  private void rearm() {
    context.owner().cancelTimer(timer);
    long deadlineNanos = delivery.deadlineNanos();
    if (deadlineNanos < Long.MAX_VALUE) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()) + 1;
      timer = context.owner().setTimer(Math.max(1, millis), now -> on(new Input.TimerExpired<>()));
    }
  }

  private void noteDrained() {
    boolean all = delivery.idle() && delivery.next() > around.ledger().last();
    if (drained != null && (all || delivery.hopeless())) {
      drained.tryComplete();
    }
  }
}
