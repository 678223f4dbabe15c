package io.keepstream.notifier.edge;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.contract.event.VrrpState;
import io.keepstream.notifier.body.Body;
import io.keepstream.notifier.config.EventStream;
import io.keepstream.notifier.config.Fifo;
import io.keepstream.notifier.config.Fifo.Lines;
import io.keepstream.notifier.config.LeftOut;
import io.keepstream.notifier.config.Mail;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.notifier.config.Webhook;
import io.keepstream.notifier.delivery.DeliveryConfig;
import io.keepstream.notifier.delivery.Message;
import io.keepstream.notifier.delivery.Patience;
import io.keepstream.notifier.edge.Outlets.Plan;
import io.keepstream.notifier.edge.Outlets.Selection;
import io.keepstream.notifier.edge.ScriptSink.Job;
import io.keepstream.notifier.port.Sink;
import io.keepstream.notifier.route.EventFilter;
import io.keepstream.notifier.route.LastStates;
import io.keepstream.notifier.route.MailText;
import io.keepstream.notifier.route.Mails;
import io.keepstream.notifier.route.Notice;
import io.keepstream.notifier.route.Notices;
import io.keepstream.runtime.EventPublisher;
import io.keepstream.runtime.script.ScriptRunner;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What becomes of the words of the configuration: who is told what, and how patiently. */
final class Plans {
  private static final int WINDOW = 1024;
  private static final int REQUESTS_AT_ONCE = 8;
  private static final int RECORDS_AT_ONCE = 64;
  private static final Duration KILL_AFTER = Duration.ofMillis(500);

  private final Context context;
  private final EventPublisher events;
  private final Duration scriptPatience;
  private final ScriptRunner runner = new ScriptRunner(KILL_AFTER);

  /** The webhooks whose targets have said that they are gone, since the last reload. */
  private final Set<String> gone = ConcurrentHashMap.newKeySet();

  /** The state of each instance and group that was mailed last, which a reload does not forget. */
  private final Map<String, VrrpState> lastMailed = new ConcurrentHashMap<>();

  private final LastStates lastStates = new LastStates();

  Plans(Context context, EventPublisher events, Duration scriptPatience) {
    this.context = context;
    this.events = events;
    this.scriptPatience = scriptPatience;
  }

  /** Takes in what happens, in order, before anybody is told of it. */
  void note(Envelope envelope) {
    lastStates.note(envelope);
  }

  /** Targets that were gone are asked again. */
  void reloaded() {
    gone.clear();
  }

  Plan<String> of(Fifo fifo, Scripts scripts) {
    return new Plan<>(
        fifo,
        true,
        new DeliveryConfig("fifo " + fifo.path(), WINDOW, 1, patience(1_000, Duration.ZERO), false),
        () -> new FifoSink(fifo, new FifoReader(fifo, runner, events)),
        messages(Plans::oneLane, envelope -> line(fifo, scripts, envelope)));
  }

  private Optional<String> line(Fifo fifo, Scripts scripts, Envelope envelope) {
    if (lastStates.configured(envelope)) {
      return Optional.empty();
    }
    boolean repeated = fifo.repeats() && fifo.lines().include(Lines.VRRP);
    return repeated && envelope.event() instanceof NodeEvent.ConfigReloaded
        ? lastStates.lines(envelope)
        : Notices.of(scripts, envelope.event())
            .filter(said -> fifo.lines().include(said.kind()))
            .map(Notice::line);
  }

  /** The scripts of one kind; those of servers do not hold up those of VRRP. */
  Plan<Job> of(Lines kind, Scripts scripts) {
    String name = kind == Lines.VRRP ? "scripts" : "scripts of servers";
    return new Plan<>(
        kind,
        true,
        new DeliveryConfig(
            name,
            WINDOW,
            ScriptSink.MOST_AT_ONCE,
            new Patience(1, 1, Long.MAX_VALUE, Long.MAX_VALUE),
            false),
        () -> new ScriptSink(name, runner, scriptPatience, events::publish),
        messages(
            Plans::subject,
            envelope ->
                Notices.of(scripts, envelope.event())
                    .filter(said -> said.kind() == kind && !said.scripts().isEmpty())
                    .map(said -> new Job(envelope.id(), said.scripts()))));
  }

  Plan<Envelope> of(Webhook webhook) {
    String name = "webhook " + webhook.name();
    EventFilter filter = EventFilter.of(webhook.wanted());
    Patience patience = patience(Long.MAX_VALUE, webhook.endpoint().giveUpAfter());
    return new Plan<>(
        webhook,
        false,
        new DeliveryConfig(name, WINDOW, eventsAtOnce(webhook), patience, true),
        () -> sink(name, webhook),
        messages(
            webhook.wanted().leftOut(),
            Plans::subject,
            envelope ->
                Optional.of(envelope)
                    .filter(any -> filter.matches(any.event()))
                    .filter(any -> Body.tells(webhook.form(), any))));
  }

  private static int eventsAtOnce(Webhook webhook) {
    return webhook.wanted().groupWait().isZero() ? REQUESTS_AT_ONCE : GatheringSink.MOST;
  }

  private Sink<Envelope> sink(String name, Webhook webhook) {
    WebhookSink sink =
        new WebhookSink(
            name,
            new WebhookClient(context.owner(), webhook, events.wallClock()),
            gone,
            events::publish);
    return new GatheringSink<>(context.owner(), webhook.wanted().groupWait(), sink);
  }

  Plan<Envelope> of(EventStream stream) {
    return new Plan<>(
        stream,
        false,
        new DeliveryConfig(
            "kafka " + stream.transitionsTopic(),
            WINDOW,
            RECORDS_AT_ONCE,
            patience(3_000, stream.giveUpAfter()),
            true),
        () -> new KafkaSink(context, stream),
        messages(Plans::subject, Optional::of));
  }

  Plan<MailText> of(Mail mail) {
    boolean alone = mail.groupWait().isZero();
    Mails mails = new Mails(events.source().node(), mail.alerts());
    return new Plan<>(
        mail,
        false,
        new DeliveryConfig(
            "mail",
            WINDOW,
            alone ? MailSink.AT_ONCE : GatheringSink.MOST,
            patience(10_000 + mail.groupWait().toMillis(), Webhook.DEFAULT_GIVE_UP_AFTER),
            true),
        () ->
            new GatheringSink<>(
                context.owner(), mail.groupWait(), new MailSink(context.owner(), mail, lastMailed)),
        messages(mail.leftOut(), Plans::subject, mails::of));
  }

  /** All lines of a FIFO, since its readers see one order. */
  private static String oneLane(Envelope any) {
    return "";
  }

  private static String subject(Envelope envelope) {
    return envelope.event().subject();
  }

  private static <M> Selection<M> messages(
      Function<Envelope, String> lane, Function<Envelope, Optional<M>> content) {
    return messages(Set.of(), lane, content);
  }

  private static <M> Selection<M> messages(
      Set<LeftOut> leftOut,
      Function<Envelope, String> lane,
      Function<Envelope, Optional<M>> content) {
    return new Selection<>(
        leftOut,
        entry -> {
          Envelope envelope = entry.envelope();
          return content
              .apply(envelope)
              .map(wanted -> new Message<>(entry.number(), lane.apply(envelope), envelope, wanted));
        });
  }

  /** Never gives up after no time. */
  private static Patience patience(long slowMillis, Duration giveUpAfter) {
    long slowNanos =
        slowMillis == Long.MAX_VALUE ? slowMillis : TimeUnit.MILLISECONDS.toNanos(slowMillis);
    return new Patience(
        TimeUnit.MILLISECONDS.toNanos(250),
        TimeUnit.SECONDS.toNanos(30),
        slowNanos,
        giveUpAfter.isZero() ? Long.MAX_VALUE : giveUpAfter.toNanos());
  }
}
