package io.keepstream.notifier.edge;

import io.keepstream.notifier.delivery.Outcome;
import io.keepstream.notifier.port.Sink;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells together what happens together: one cause often has many effects. Each event remains a
 * delivery of its own, so none is lost when the process ends while events are gathered.
 */
final class GatheringSink<M> implements Sink<M> {
  /** The most events that are told together. */
  static final int MOST = 100;

  private final Vertx vertx;
  private final Duration wait;
  private final Sink<List<M>> target;
  private List<Gathered<M>> gathered = new ArrayList<>();
  private long timer = -1;
  private boolean hurried;

  private record Gathered<M>(M message, Consumer<Outcome> done) {}

  /**
   * Gathers for {@code wait} after the first event.
   *
   * @param wait zero to tell each by itself
   */
  GatheringSink(Vertx vertx, Duration wait, Sink<List<M>> target) {
    this.vertx = vertx;
    this.wait = wait;
    this.target = target;
  }

  @Override
  public void open(Consumer<Outcome> done) {
    target.open(done);
  }

  @Override
  public void send(M message, Consumer<Outcome> done) {
    gathered.add(new Gathered<>(message, done));
    if (wait.isZero() || hurried || gathered.size() == MOST) {
      tell();
    } else if (gathered.size() == 1) {
      timer = vertx.setTimer(wait.toMillis(), over -> tell());
    }
  }

  @Override
  public void hurry() {
    hurried = true;
    if (!gathered.isEmpty()) {
      tell();
    }
  }

  private void tell() {
    vertx.cancelTimer(timer);
    List<Gathered<M>> together = gathered;
    gathered = new ArrayList<>();
    target.send(
        together.stream().map(Gathered::message).toList(),
        outcome -> {
          if (outcome instanceof Outcome.GivenUp && together.size() > 1) {
            tellEach(together);
          } else {
            end(together, outcome);
          }
        });
  }

  /** What is refused together, as too large or for one among them, may be taken one by one. */
  private void tellEach(List<Gathered<M>> left) {
    if (left.isEmpty()) {
      return;
    }
    Gathered<M> first = left.getFirst();
    target.send(
        List.of(first.message()),
        outcome -> {
          if (outcome instanceof Outcome.Retry) {
            end(left, outcome);
          } else {
            first.done().accept(outcome);
            tellEach(left.subList(1, left.size()));
          }
        });
  }

  private static <M> void end(List<Gathered<M>> all, Outcome outcome) {
    all.forEach(each -> each.done().accept(outcome));
  }

  @Override
  public void close(Runnable done) {
    vertx.cancelTimer(timer);
    gathered.clear();
    target.close(done);
  }
}
