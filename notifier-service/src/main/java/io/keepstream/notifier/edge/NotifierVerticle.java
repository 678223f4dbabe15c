package io.keepstream.notifier.edge;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.event.JournalEvent;
import io.keepstream.contract.snapshot.ServiceState;
import io.keepstream.notifier.config.EventStream;
import io.keepstream.notifier.config.Fifo.Lines;
import io.keepstream.notifier.config.JournalSettings;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.notifier.edge.DeliveryShell.Surroundings;
import io.keepstream.notifier.edge.Outlets.Plan;
import io.keepstream.notifier.edge.ScriptSink.Job;
import io.keepstream.notifier.intake.Intake;
import io.keepstream.notifier.route.MailText;
import io.keepstream.runtime.ServiceVerticle;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every event on the bus down, and tells everyone who asked. */
public final class NotifierVerticle extends ServiceVerticle<NotifierConfig> {
  private static final Logger log = LoggerFactory.getLogger("keepstream.notifier");
  private static final long RETENTION_MILLIS = 1_000;

  private final NotifierMeters meters;
  private final Duration patience;
  private Scripts scripts = Scripts.NONE;
  private Plans plans;
  private Ledger ledger;
  private NoiseShell noise;
  private Outlets<Job> jobs;
  private Outlets<String> fifos;
  private Outlets<Envelope> streams;
  private Outlets<MailText> mails;
  private StateStream state;
  private ClusterWatch watch;
  private Optional<EventStream> followed = Optional.empty();

  private record Opened(Optional<SinkFiles> files, Optional<JournalEvent> problem) {}

  /**
   * The notifier of the node called {@code node}.
   *
   * @param meters where it measures
   */
  public NotifierVerticle(String node, NotifierConfig config, MeterRegistry meters) {
    this(node, config, meters, ScriptSink.PATIENCE);
  }

  /** With another time that a script is waited for. */
  NotifierVerticle(String node, NotifierConfig config, MeterRegistry meters, Duration patience) {
    super(node, Service.NOTIFIER, config);
    this.meters = new NotifierMeters(meters);
    this.patience = patience;
  }

  @Override
  protected Future<?> begin(NotifierConfig config) {
    plans = new Plans(context, events(), patience);
    ledger = new Ledger(context, meters, events()::publish, this::pump);
    return openJournal(config.journal())
        .compose(
            opened ->
                begin(config, surroundings(opened.files()))
                    .onSuccess(ready -> opened.problem().ifPresent(events()::publish)));
  }

  /** Empty where nothing is kept, or can be, of which an event tells once events are heard. */
  private Future<Opened> openJournal(Optional<JournalSettings> asked) {
    if (asked.isEmpty()) {
      return Future.succeededFuture(new Opened(Optional.empty(), Optional.empty()));
    }
    JournalSettings settings = asked.get();
    return vertx
        .executeBlocking(() -> ledger.open(settings, events().wallClock()), false)
        .map(files -> new Opened(Optional.of(files), Optional.empty()))
        .otherwise(
            failure ->
                new Opened(
                    Optional.empty(),
                    Optional.of(
                        new JournalEvent.Failing(
                            settings.directory().toString(), failure.toString()))));
  }

  private Surroundings surroundings(Optional<SinkFiles> files) {
    return new Surroundings(
        context, events(), ledger, files, vertx.createSharedWorkerExecutor("sink-files", 1));
  }

  private Future<?> begin(NotifierConfig config, Surroundings around) {
    jobs = new Outlets<>(around);
    fifos = new Outlets<>(around);
    streams = new Outlets<>(around);
    mails = new Outlets<>(around);
    apply(config);
    Optional<Path> journal = around.files().flatMap(kept -> directory(config));
    new DeliveryDesk(context, this::shells, journal, events().wallClock()).open();
    noise = new NoiseShell(vertx, config.noise(), events()::publish);
    vertx.setPeriodic(RETENTION_MILLIS, tick -> ledger.delivered(savedPosition()));
    Intake intake = new Intake(ledger.heard());
    return new EventIntake(vertx, intake, this::accept, events()::publish).listen();
  }

  private void accept(Envelope envelope) {
    plans.note(envelope);
    ledger.append(envelope);
    noise.heard(envelope);
  }

  @Override
  protected Future<?> change(NotifierConfig previous, NotifierConfig next) {
    scripts = previous.scripts();
    next.journal().map(JournalSettings::retention).ifPresent(ledger::retain);
    if (!directory(previous).equals(directory(next))) {
      log.warn(
          "The journal stays where it is until the next start; then it begins anew in {}",
          directory(next).map(Path::toString).orElse("memory"));
    }
    plans.reloaded();
    noise.change(next.noise());
    apply(next);
    return Future.succeededFuture();
  }

  private static Optional<Path> directory(NotifierConfig config) {
    return config.journal().map(JournalSettings::directory);
  }

  @Override
  protected Future<?> end() {
    return Future.join(jobs.stop(), fifos.stop(), streams.stop(), mails.stop(), stopFollowing())
        .eventually(ledger::close);
  }

  @Override
  protected Future<ServiceState> state() {
    return Future.succeededFuture(
        new ServiceState.Notifier(shells().map(DeliveryShell::snapshot).toList()));
  }

  private Stream<Outlets<?>> outlets() {
    return Stream.of(jobs, fifos, streams, mails);
  }

  private Stream<DeliveryShell<?>> shells() {
    return outlets().flatMap(Outlets::shells);
  }

  private void pump() {
    outlets().forEach(Outlets::pump);
  }

  private long savedPosition() {
    return shells().mapToLong(DeliveryShell::savedPosition).min().orElse(ledger.last() + 1);
  }

  private void apply(NotifierConfig config) {
    scripts = config.scripts().orElse(scripts);
    jobs.apply(jobPlans());
    fifos.apply(config.fifos().stream().map(fifo -> plans.of(fifo, scripts)).toList());
    List<Plan<Envelope>> planned = new ArrayList<>();
    config.webhooks().forEach(webhook -> planned.add(plans.of(webhook)));
    config.eventStream().ifPresent(stream -> planned.add(plans.of(stream)));
    follow(config.eventStream());
    streams.apply(planned);
    mails.apply(config.mail().map(plans::of).stream().toList());
  }

  private List<Plan<Job>> jobPlans() {
    List<Plan<Job>> planned = new ArrayList<>();
    if (scripts.anyOfVrrp()) {
      planned.add(plans.of(Lines.VRRP, scripts));
    }
    if (scripts.anyOfServers()) {
      planned.add(plans.of(Lines.LVS, scripts));
    }
    return planned;
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
}
