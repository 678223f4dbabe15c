package io.keepstream.notifier.delivery;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.DeliveryEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The rules of delivery to one sink. */
public final class Delivery<M> {
  private DeliveryConfig config;
  private final Map<String, Lane<M>> lanes = new LinkedHashMap<>();
  private final Map<Long, Lane<M>> underWay = new HashMap<>();
  private final Set<Long> retried = new HashSet<>();
  private final Schedule<M> schedule;
  private final Opening opening;
  private Progress progress;
  private Health health;
  private long next;
  private int held;
  private long delivered;
  private long failures;
  private long givenUp;
  private Failure lastFailure;

  /** What went wrong, and when. */
  public record Failure(String why, long atNanos) {}

  /** A delivery that goes on from {@code cursor}; its sink has yet to be opened. */
  public Delivery(DeliveryConfig config, Progress.Cursor cursor, long nowNanos) {
    this.config = config;
    progress = new Progress(cursor);
    next = progress.position();
    health = Health.workingSince(nowNanos);
    schedule = new Schedule<>(config);
    opening = new Opening(config.patience());
  }

  /** The first number that it has not been fed with. */
  public long next() {
    return next;
  }

  /** How many more messages it takes. */
  public int room() {
    return config.window() - held;
  }

  /** What it is done with. */
  public Progress progress() {
    return progress;
  }

  public Health health() {
    return health;
  }

  /** Messages the sink has taken. */
  public long delivered() {
    return delivered;
  }

  /** Attempts that failed. */
  public long failures() {
    return failures;
  }

  /** What went wrong last, however well it goes since. */
  public Optional<Failure> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  /** Messages that were given up. */
  public long givenUp() {
    return givenUp;
  }

  /** Whether nothing it was fed with is open. */
  public boolean idle() {
    return held == 0;
  }

  /** Whether there is no point in waiting for what is held. */
  public boolean hopeless() {
    return opening.failing() || lanes.values().stream().anyMatch(Lane::failing);
  }

  /** When the oldest event that is held occurred. */
  public Optional<Instant> oldest() {
    return lanes.values().stream()
        .map(lane -> lane.queue.peek().envelope().occurredAt())
        .min(Instant::compareTo);
  }

  /** When the timer has to come, or {@link Long#MAX_VALUE}. */
  public long deadlineNanos() {
    if (!opening.open()) {
      return opening.deadlineNanos();
    }
    long slow = underWay.values().stream().mapToLong(Lane::slowNanos).min().orElse(Long.MAX_VALUE);
    return Math.min(slow, schedule.deadlineNanos(underWay.size()));
  }

  /** What follows from {@code input}. */
  public List<Effect<M>> on(Input<M> input, long nowNanos) {
    Health before = health;
    List<Effect<M>> effects = new ArrayList<>();
    switch (input) {
      case Input.Opened<M>(DeliveryConfig now) -> onOpened(now, effects, nowNanos);
      case Input.OpeningEnded<M>(Outcome outcome, double chance) ->
          onOpeningEnded(outcome, chance, nowNanos);
      case Input.Fed<M> fed -> onFed(fed, nowNanos);
      case Input.Ended<M> ended -> onEnded(ended, effects, nowNanos);
      case Input.Rewound<M>(long position) -> onRewound(position);
      case Input.Retried<M>(var messages) -> messages.forEach(this::retry);
      case Input.TimerExpired<M> _ -> onTimer(effects, nowNanos);
    }
    send(effects, nowNanos);
    sayEdge(before, effects, nowNanos);
    return effects;
  }

  private void onOpened(DeliveryConfig now, List<Effect<M>> effects, long nowNanos) {
    config = now;
    schedule.use(now);
    opening.use(now.patience());
    underWay.values().forEach(this::standAgain);
    underWay.clear();
    opening.begin(nowNanos);
    effects.add(new Effect.Open<>());
  }

  private void standAgain(Lane<M> lane) {
    lane.stopped();
    schedule.ready(lane);
  }

  private void onOpeningEnded(Outcome outcome, double chance, long nowNanos) {
    switch (outcome) {
      case Outcome.Done _ -> {
        opening.done();
        recover(nowNanos);
      }
      case Outcome.Retry(String why) -> openingFailed(why, chance, nowNanos);
      case Outcome.GivenUp(String why) -> openingFailed(why, chance, nowNanos);
    }
  }

  private void openingFailed(String why, double chance, long nowNanos) {
    failures++;
    opening.failed(chance, nowNanos);
    failing(why, 0, nowNanos);
  }

  private void failing(String why, long lost, long nowNanos) {
    lastFailure = new Failure(why, nowNanos);
    health = health.failing(why, lost, nowNanos);
  }

  private void onFed(Input.Fed<M> fed, long nowNanos) {
    long from = next;
    for (Message<M> message : fed.messages()) {
      progress.done(from, message.number());
      if (!progress.isDone(message.number()) && !underWay.containsKey(message.number())) {
        hold(message);
      }
      from = message.number() + 1;
    }
    progress.done(from, fed.upTo());
    next = Math.max(next, fed.upTo());
    if (fed.lost() > 0) {
      failing("events went before they were sent", fed.lost(), nowNanos);
    }
  }

  private void retry(Message<M> message) {
    if (retried.add(message.number()) && !underWay.containsKey(message.number())) {
      hold(message);
    }
  }

  private void hold(Message<M> message) {
    Lane<M> lane = lanes.computeIfAbsent(message.lane(), Lane::new);
    lane.queue.add(message);
    held++;
    if (lane.queue.size() == 1) {
      schedule.ready(lane);
    }
  }

  private void onEnded(Input.Ended<M> ended, List<Effect<M>> effects, long nowNanos) {
    Lane<M> lane = underWay.remove(ended.number());
    if (lane == null) {
      return;
    }
    switch (ended.outcome()) {
      case Outcome.Done _ -> {
        delivered++;
        Message<M> message = finish(lane);
        if (retried.remove(message.number())) {
          effects.add(new Effect.Unbury<>(message));
        }
        recover(nowNanos);
      }
      case Outcome.GivenUp(String why) -> {
        schedule.answered();
        failures++;
        giveUp(lane, why, effects, nowNanos);
      }
      case Outcome.Retry(String why) -> onFailed(lane, why, ended.chance(), effects, nowNanos);
    }
  }

  private void onFailed(
      Lane<M> lane, String why, double chance, List<Effect<M>> effects, long nowNanos) {
    failures++;
    lane.failed();
    schedule.failed(lane, chance, nowNanos);
    if (lane.triedNanos(nowNanos) >= config.patience().giveUpNanos()) {
      giveUp(lane, why, effects, nowNanos);
    } else {
      failing(why, 0, nowNanos);
    }
  }

  private void giveUp(Lane<M> lane, String why, List<Effect<M>> effects, long nowNanos) {
    givenUp++;
    failing(why, 1, nowNanos);
    Message<M> message = finish(lane);
    retried.remove(message.number());
    if (config.buries()) {
      effects.add(new Effect.Bury<>(message, why));
      sayDeadLettered(message.envelope(), why, effects);
    }
  }

  /** Two sinks that refuse all would tell each other without end of what they refused. */
  private void sayDeadLettered(Envelope envelope, String why, List<Effect<M>> effects) {
    if (!(envelope.event() instanceof DeliveryEvent)) {
      String subject = envelope.event().subject();
      effects.add(
          new Effect.Say<>(
              new DeliveryEvent.DeadLettered(config.sink(), envelope.id(), subject, why)));
    }
  }

  private Message<M> finish(Lane<M> lane) {
    schedule.forget(lane);
    Message<M> message = lane.next();
    held--;
    progress.done(message.number());
    if (lane.queue.isEmpty()) {
      lanes.remove(lane.name);
    } else {
      schedule.ready(lane);
    }
    return message;
  }

  private void recover(long nowNanos) {
    schedule.worked();
    boolean caughtUp = held <= config.window() / 2;
    if (!health.working() && caughtUp && lanes.values().stream().noneMatch(Lane::failing)) {
      health = Health.workingSince(nowNanos);
    }
  }

  private void onRewound(long position) {
    List<Lane<M>> all = List.copyOf(lanes.values());
    for (Lane<M> lane : all) {
      Message<M> head = lane.sending() ? lane.queue.peek() : null;
      held -= lane.queue.size();
      lane.queue.clear();
      if (head == null) {
        schedule.forget(lane);
        lanes.remove(lane.name);
      } else {
        lane.queue.add(head);
        held++;
      }
    }
    retried.retainAll(underWay.keySet());
    progress = new Progress(position);
    next = position;
  }

  private void onTimer(List<Effect<M>> effects, long nowNanos) {
    if (!opening.open() && opening.deadlineNanos() <= nowNanos) {
      if (opening.retry(nowNanos)) {
        effects.add(new Effect.Open<>());
      } else {
        slow(nowNanos);
      }
    }
    for (Lane<M> lane : underWay.values()) {
      if (lane.slowNanos() <= nowNanos) {
        lane.slow();
        slow(nowNanos);
      }
    }
  }

  private void slow(long nowNanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(config.patience().slowNanos());
    failing("no success within %d ms".formatted(millis), 0, nowNanos);
  }

  private void send(List<Effect<M>> effects, long nowNanos) {
    if (!opening.open()) {
      return;
    }
    for (Optional<Lane<M>> due = schedule.next(underWay.size(), nowNanos);
        due.isPresent();
        due = schedule.next(underWay.size(), nowNanos)) {
      Lane<M> lane = due.get();
      Message<M> message = lane.queue.element();
      lane.begin(nowNanos, config.patience().slowNanos());
      underWay.put(message.number(), lane);
      effects.add(new Effect.Send<>(message));
    }
  }

  private void sayEdge(Health before, List<Effect<M>> effects, long nowNanos) {
    if (before.working() == health.working()) {
      return;
    }
    long failedMillis = TimeUnit.NANOSECONDS.toMillis(nowNanos - before.sinceNanos());
    DeliveryEvent edge =
        health.working()
            ? new DeliveryEvent.Recovered(config.sink(), failedMillis, before.dropped())
            : new DeliveryEvent.Failing(config.sink(), health.detail());
    effects.addFirst(new Effect.Say<>(edge));
  }

  static long after(long nowNanos, long nanos) {
    return nanos > Long.MAX_VALUE - nowNanos ? Long.MAX_VALUE : nowNanos + nanos;
  }
}
