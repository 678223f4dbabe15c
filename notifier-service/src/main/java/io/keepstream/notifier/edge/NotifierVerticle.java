package io.keepstream.notifier.edge;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.contract.snapshot.Snapshot;
import io.keepstream.notifier.body.Body;
import io.keepstream.notifier.config.EventStream;
import io.keepstream.notifier.config.Fifo;
import io.keepstream.notifier.config.Mail;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Repetition;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.delivery.DeliveryConfig;
import io.keepstream.notifier.edge.Outlets.News;
import io.keepstream.notifier.edge.Outlets.Plan;
import io.keepstream.notifier.route.EventFilter;
import io.keepstream.notifier.route.MailText;
import io.keepstream.notifier.route.Mails;
import io.keepstream.notifier.route.Notice;
import io.keepstream.notifier.route.Notices;
import io.keepstream.notifier.route.Repeated;
import io.keepstream.runtime.ServiceVerticle;
import io.keepstream.runtime.script.ScriptRunner;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Tells everyone who asked of every event on the bus. */
public final class NotifierVerticle extends ServiceVerticle<NotifierConfig> {
  private static final int QUEUE_LIMIT = 4096;
  private static final long FIRST_BACKOFF_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long MAX_BACKOFF_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final Duration KILL_AFTER = Duration.ofMillis(500);

  private final ScriptRunner runner = new ScriptRunner(KILL_AFTER);
  private final Duration patience;
  private Scripts scripts = Scripts.NONE;
  private Outlets<String> fifos;
  private Outlets<Envelope> streams;
  private Outlets<MailText> mails;
  private StateStream state;
  private ClusterWatch watch;
  private Optional<EventStream> followed = Optional.empty();
  private Optional<Repetition> repetition = Optional.empty();

  /** The webhooks whose targets have said that they are gone, since the last reload. */
  private final Set<String> gone = ConcurrentHashMap.newKeySet();

  /** The state of each instance and group that was mailed last, which a reload does not forget. */
  private final Map<String, VrrpState> lastMailed = new ConcurrentHashMap<>();

  private ScriptLanes lanes;

  /** The notifier of the node called {@code node}. */
  public NotifierVerticle(String node, NotifierConfig config) {
    this(node, config, ScriptLanes.PATIENCE);
  }

  /** With another time that a script is waited for. */
  NotifierVerticle(String node, NotifierConfig config, Duration patience) {
    super(node, Service.NOTIFIER, config);
    this.patience = patience;
  }

  @Override
  protected Future<?> begin(NotifierConfig config) {
    fifos = new Outlets<>(context, events());
    streams = new Outlets<>(context, events());
    mails = new Outlets<>(context, events());
    lanes = new ScriptLanes(context, events(), runner, patience);
    apply(config);
    return vertx
        .eventBus()
        .<Envelope>consumer(Bus.EVENTS, message -> on(message.body()))
        .completion();
  }

  @Override
  protected Future<?> change(NotifierConfig previous, NotifierConfig next) {
    scripts = previous.scripts();
    apply(next);
    lanes.dropIdle();
    return Future.succeededFuture();
  }

  @Override
  protected Future<?> end() {
    return Future.join(lanes.stop(), fifos.stop(), streams.stop(), mails.stop(), stopFollowing());
  }

  @Override
  protected Future<ServiceState> state() {
    return Future.succeededFuture(
        new ServiceState.Notifier(
            Stream.of(fifos.snapshot(), streams.snapshot(), mails.snapshot(), lanes.snapshot())
                .flatMap(sinks -> sinks)
                .toList()));
  }

  private void on(Envelope envelope) {
    Optional<Notice> notice = Notices.of(scripts, envelope.event());
    News news = new News(envelope, notice);
    fifos.offer(news);
    streams.offer(news);
    mails.offer(news);
    notice.ifPresent(said -> lanes.run(envelope.event().subject(), said));
    if (envelope.event() instanceof NodeEvent.ConfigReloaded reloaded) {
      repetition.ifPresent(asked -> repeat(asked, envelope, reloaded.millis()));
    }
  }

  /** Without election-service there is nothing to be told again. */
  private void repeat(Repetition asked, Envelope envelope, long reloadMillis) {
    vertx
        .eventBus()
        .<Snapshot>request(Bus.snapshotOf(Service.ELECTION), "")
        .onSuccess(
            reply -> {
              if (reply.body().state() instanceof ServiceState.Election state) {
                Repeated.of(asked, state, reloadMillis)
                    .forEach(notice -> fifos.offer(new News(envelope, Optional.of(notice))));
              }
            });
  }

  private void apply(NotifierConfig config) {
    gone.clear();
    scripts = config.scripts().orElse(scripts);
    repetition = config.repetition();
    fifos.apply(config.fifos().stream().map(this::plan).toList());
    List<Plan<Envelope>> planned = new ArrayList<>();
    config.webhooks().forEach(webhook -> planned.add(plan(webhook)));
    config.eventStream().ifPresent(stream -> planned.add(plan(stream)));
    follow(config.eventStream());
    streams.apply(planned);
    mails.apply(config.mail().map(this::plan).stream().toList());
  }

  /** The compacted topic, and whoever reads it, go with the stream they are in. */
  private void follow(Optional<EventStream> next) {
    if (next.equals(followed)) {
      return;
    }
    followed = next;
    stopFollowing()
        .onComplete(closed -> next.filter(stream -> next.equals(followed)).ifPresent(this::follow));
  }

  private void follow(EventStream stream) {
    InstantSource clock = events().wallClock();
    state = new StateStream(context, stream, events().source(), clock);
    if (stream.watch()) {
      watch = new ClusterWatch(vertx, stream, clock, events()::publish);
    }
  }

  private Future<?> stopFollowing() {
    Future<?> stateClosed = state == null ? Future.succeededFuture() : state.close();
    Future<?> watchClosed = watch == null ? Future.succeededFuture() : watch.close();
    state = null;
    watch = null;
    return Future.join(stateClosed, watchClosed);
  }

  private Plan<String> plan(Fifo fifo) {
    return new Plan<>(
        fifo,
        delivery("fifo " + fifo.path(), TimeUnit.SECONDS.toNanos(1)),
        () -> new FifoSink(fifo, new FifoReader(fifo, runner, events())),
        news -> news.notice().filter(said -> fifo.lines().include(said.kind())).map(Notice::line));
  }

  private Plan<Envelope> plan(Webhook webhook) {
    String name = "webhook " + webhook.name();
    EventFilter filter = EventFilter.of(webhook.wanted());
    return new Plan<>(
        webhook,
        delivery(name, Long.MAX_VALUE),
        () -> new WebhookSink(name, client(webhook), gone, events()::publish),
        news ->
            Optional.of(news.envelope())
                .filter(envelope -> filter.matches(envelope.event()))
                .filter(envelope -> Body.tells(webhook.form(), envelope)));
  }

  private WebhookClient client(Webhook webhook) {
    return new WebhookClient(vertx, webhook, events().wallClock());
  }

  private Plan<Envelope> plan(EventStream stream) {
    return new Plan<>(
        stream,
        delivery("kafka " + stream.transitionsTopic(), TimeUnit.SECONDS.toNanos(3)),
        () -> new KafkaSink(context, stream),
        news -> Optional.of(news.envelope()));
  }

  private Plan<MailText> plan(Mail mail) {
    Mails mails = new Mails(node(), mail.alerts());
    return new Plan<>(
        mail,
        delivery("mail", TimeUnit.SECONDS.toNanos(10)),
        () -> new MailSink(vertx, mail, lastMailed),
        news -> mails.of(news.envelope()));
  }

  private static DeliveryConfig delivery(String sink, long slowNanos) {
    return new DeliveryConfig(sink, QUEUE_LIMIT, FIRST_BACKOFF_NANOS, MAX_BACKOFF_NANOS, slowNanos);
  }
}
