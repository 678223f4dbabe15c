package io.keepstream.health.edge;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.health.tracker.SessionState;
import io.keepstream.health.tracker.SessionStates;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Hears of BFD sessions on the event bus, and asks election-service about them at the start. */
final class BfdSessions {
  private final Vertx vertx;
  private final Executor loop;
  private final SessionStates states = new SessionStates();
  private final List<Follower> followers = new ArrayList<>();

  private record Follower(String session, Consumer<SessionState> told) {}

  /** Hears on the context that calls {@link #start}, which is that of {@code loop}. */
  BfdSessions(Vertx vertx, Executor loop) {
    this.vertx = vertx;
    this.loop = loop;
  }

  /** Listens from now on. */
  void start() {
    vertx.eventBus().<Envelope>consumer(Bus.EVENTS, message -> heard(message.body()));
    vertx.eventBus().<Snapshot>consumer(Bus.SNAPSHOTS, message -> seen(message.body()));
    vertx
        .eventBus()
        .<Snapshot>request(Bus.snapshotOf(Service.ELECTION), "")
        .onSuccess(reply -> seen(reply.body()));
  }

  /** Tells what is known of a session, soon and whenever it may have changed. */
  Runnable follow(String session, Consumer<SessionState> told) {
    Follower follower = new Follower(session, told);
    followers.add(follower);
    loop.execute(() -> tell(follower));
    return () -> followers.remove(follower);
  }

  private void heard(Envelope envelope) {
    if (envelope.source().service() == Service.ELECTION) {
      states.take(envelope);
      tellAll();
    }
  }

  private void seen(Snapshot snapshot) {
    if (snapshot.source().service() == Service.ELECTION) {
      states.take(snapshot);
      tellAll();
    }
  }

  private void tellAll() {
    List.copyOf(followers).forEach(this::tell);
  }

  private void tell(Follower follower) {
    states.of(follower.session()).ifPresent(follower.told());
  }
}
