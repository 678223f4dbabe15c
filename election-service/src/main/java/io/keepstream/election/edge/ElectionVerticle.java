package io.keepstream.election.edge;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Question;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.TrackerChanged;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.election.config.ElectionConfig;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.EventLoops;
import io.keepstream.runtime.ServiceVerticle;
import io.netty.channel.IoEventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Election-service on the bus. The election itself runs on a loop of its own: what happens on the
 * bus, here or elsewhere, never holds up an advert.
 */
public final class ElectionVerticle extends ServiceVerticle<ElectionConfig> {
  /** The name of the thread on which everything happens. */
  public static final String LOOP = "election";

  private final Libc libc = new ForeignLibc();
  private IoEventLoop loop;
  private final Answers answers = new Answers();
  private ElectionEngine engine;
  private SilenceWatch silence;

  /** Election-service of the node called {@code node}. */
  public ElectionVerticle(String node, ElectionConfig config) {
    super(node, Service.ELECTION, config);
  }

  /** Has all that is needed for a takeover loaded and compiled in the background. */
  public static void rehearse() {
    Rehearsal.begin(new ForeignLibc());
  }

  @Override
  protected Future<?> begin(ElectionConfig config) {
    loop = EventLoops.dedicated(LOOP);
    silence = new SilenceWatch(vertx, over -> loop.execute(() -> engine.silence(over)));
    vertx.eventBus().<Envelope>consumer(Bus.EVENTS, message -> heard(message.body()));
    vertx.eventBus().<Snapshot>consumer(Bus.SNAPSHOTS, message -> seen(message.body()));
    vertx.eventBus().<Question>consumer(Bus.questionsTo(Service.ELECTION), this::asked);
    return onLoop(
            () -> {
              engine =
                  ElectionEngine.open(
                      libc,
                      loop,
                      list -> context.runOnContext(now -> list.forEach(events()::publish)));
              engine.start(config, Uptime.nanos());
              return null;
            })
        .onSuccess(
            started -> {
              silence.configure(config.patience());
              askForTrackers();
            });
  }

  @Override
  protected Future<?> change(ElectionConfig previous, ElectionConfig next) {
    return onLoop(
            () -> {
              engine.configure(next);
              return null;
            })
        .onSuccess(changed -> silence.configure(next.patience()));
  }

  @Override
  protected Future<?> end() {
    return onLoop(
            () -> {
              engine.shutdown();
              return null;
            })
        .onComplete(left -> closeLoop());
  }

  private void closeLoop() {
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  @Override
  protected Future<ServiceState> state() {
    Promise<ServiceState> taken = Promise.promise();
    return onLoop(
            () -> {
              engine.state(state -> context.runOnContext(now -> taken.complete(state)));
              return null;
            })
        .compose(asked -> taken.future());
  }

  @Override
  protected Future<?> reachInner() {
    return onLoop(() -> null);
  }

  private void asked(Message<Question> question) {
    onLoop(engine::views)
        .map(
            views ->
                answers.answer(
                    question.body(),
                    views,
                    events().wallClock().instant().atZone(ZoneId.systemDefault())))
        .onSuccess(question::reply)
        .onFailure(failure -> question.fail(0, failure.getMessage()));
  }

  private void heard(Envelope envelope) {
    heardOf(envelope.source());
    if (envelope.event() instanceof TrackerChanged change) {
      loop.execute(() -> engine.tracker(change.tracker(), change.up(), change.value()));
    }
  }

  /** Election starts without health-service; its verdicts are taken in whenever they come. */
  private void askForTrackers() {
    vertx
        .eventBus()
        .<Snapshot>request(Bus.snapshotOf(Service.HEALTH), Service.ELECTION.label())
        .onSuccess(reply -> seen(reply.body()));
  }

  private void heardOf(Source source) {
    if (source.service() == Service.HEALTH) {
      silence.heard();
    }
  }

  private void seen(Snapshot snapshot) {
    heardOf(snapshot.source());
    if (snapshot.state() instanceof ServiceState.Health health) {
      health.trackers().stream()
          .filter(ServiceState.Tracker::known)
          .forEach(
              known ->
                  loop.execute(() -> engine.tracker(known.tracker(), known.up(), known.value())));
    }
  }

  /** Runs {@code work} on the election loop; what comes of it is told here, after its events. */
  private <T> Future<T> onLoop(Callable<T> work) {
    Promise<T> promise = Promise.promise();
    loop.execute(
        () -> {
          try {
            T result = work.call();
            if (engine != null) {
              engine.tellAll();
            }
            context.runOnContext(now -> promise.complete(result));
          } catch (Exception e) {
            if (engine != null) {
              engine.tellAll();
            }
            context.runOnContext(now -> promise.fail(e));
          }
        });
    return promise.future();
  }
}
