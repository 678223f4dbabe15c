package io.keepstream.node.run;

import io.keepstream.config.Diagnostic;
import io.keepstream.contract.Bus;
import io.keepstream.contract.Order;
import io.keepstream.contract.Question;
import io.keepstream.contract.Request;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.election.edge.ElectionVerticle;
import io.keepstream.health.edge.HealthVerticle;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.process.ProcessScheduling;
import io.keepstream.lvs.edge.LvsVerticle;
import io.keepstream.lvs.edge.NetlinkIpvsTable;
import io.keepstream.lvs.edge.Surroundings;
import io.keepstream.lvs.edge.WillFile;
import io.keepstream.notifier.edge.NotifierVerticle;
import io.keepstream.runtime.ContractCodec;
import io.keepstream.runtime.EventPublisher;
import io.keepstream.runtime.ServiceVerticle;
import io.keepstream.runtime.link.edge.EventLink;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of one process on one event bus. */
public final class Node {
  private static final Logger LOG = LoggerFactory.getLogger("keepstream");

  /** One of them for health-service alone: tens of thousands of checks keep it busy. */
  private static final int EVENT_LOOPS = 3;

  private static final int WORKERS = 4;
  private static final long ANSWER_MILLIS = 2_000;
  private static final long MEETING_MILLIS = 1_000;

  /** A service with the part of the configuration that it acts on. */
  private record Part<C>(ServiceVerticle<C> verticle, Function<NodeConfig, C> config) {
    Future<?> reconfigure(NodeConfig next) {
      return verticle.reconfigure(config.apply(next));
    }
  }

  private record Running(Service service, Part<?> part, String deployment) {}

  private final Vertx vertx;
  private final String file;
  private final EventPublisher events;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final List<Running> running = new ArrayList<>();
  private final Optional<Peers> peers;
  private Optional<EventLink> link = Optional.empty();
  private ProcessScheduling scheduling = ProcessScheduling.USUAL;

  private Node(String name, String file, boolean linked) {
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(2));
    this.file = file;
    ContractCodec.register(vertx);
    Source source = new Source(name, Service.NODE, UUID.randomUUID().toString());
    this.events = new EventPublisher(vertx.eventBus(), source, InstantSource.system());
    this.peers = linked ? Optional.of(new Peers(vertx, name)) : Optional.empty();
  }

  /**
   * Starts {@code services}: first who tells, then who watches, last who elects, so that nothing is
   * told to nobody. When one fails, the others end again.
   */
  public static Future<Node> start(String file, NodeConfig config, Set<Service> services) {
    return start(file, config, services, Optional.empty());
  }

  /**
   * As above, linked with the processes of this node that run the other services.
   *
   * @param meeting the directory where they meet
   */
  public static Future<Node> start(
      String file, NodeConfig config, Set<Service> services, Optional<Path> meeting) {
    long startNanos = System.nanoTime();
    Node node = new Node(config.name(), file, meeting.isPresent());
    Future<?> started =
        meeting.<Future<?>>map(at -> node.link(at, services)).orElse(Future.succeededFuture());
    for (Service service : START_ORDER) {
      if (services.contains(service)) {
        started =
            started
                .compose(previous -> node.awaitBefore(service, services))
                .compose(met -> node.deploy(service, node.part(service, config)));
      }
    }
    return started
        .map(
            last -> {
              node.schedule(config);
              node.events.publish(
                  new NodeEvent.Started(
                      Version.text(),
                      node.running.stream().map(Running::service).toList(),
                      file,
                      millisSince(startNanos)));
              return node;
            })
        .recover(failure -> node.leave().transform(gone -> Future.failedFuture(failure)));
  }

  private Future<?> link(Path meeting, Set<Service> services) {
    EventLink opened =
        new EventLink(
            meeting,
            Service.names(services),
            Set.of(Bus.EVENTS, Bus.SNAPSHOTS),
            new EventLink.Keeping(Bus.EVENTS, Bus.snapshotOf(Service.NOTIFIER)),
            peers.orElseThrow(),
            meters);
    link = Optional.of(opened);
    return vertx.deployVerticle(opened);
  }

  /** Who balances begins with the verdicts where they are to be had; nobody else waits. */
  private Future<Void> awaitBefore(Service service, Set<Service> services) {
    return peers
        .filter(any -> service == Service.LVS && !services.contains(Service.HEALTH))
        .map(others -> others.await(Service.HEALTH, MEETING_MILLIS))
        .orElse(Future.succeededFuture());
  }

  private static final List<Service> START_ORDER =
      List.of(Service.NOTIFIER, Service.HEALTH, Service.LVS, Service.ELECTION);

  private Part<?> part(Service service, NodeConfig config) {
    return switch (service) {
      case ELECTION ->
          new Part<>(new ElectionVerticle(config.name(), config.election()), NodeConfig::election);
      case NOTIFIER ->
          new Part<>(new NotifierVerticle(config.name(), config.notifier()), NodeConfig::notifier);
      case HEALTH ->
          new Part<>(
              new HealthVerticle(config.name(), config.health(), meters), NodeConfig::health);
      case LVS ->
          new Part<>(
              new LvsVerticle(
                  config.name(),
                  config.lvs(),
                  new Surroundings(
                      new NetlinkIpvsTable(new ForeignLibc(), config.lvs().receiveBufferBytes()),
                      meters,
                      new WillFile(config.lvs().stateFile()))),
              NodeConfig::lvs);
      case NODE -> throw new IllegalArgumentException("not a service to start: " + service);
    };
  }

  private Future<?> deploy(Service service, Part<?> part) {
    return vertx
        .deployVerticle(part.verticle())
        .onSuccess(
            deployment -> {
              running.add(new Running(service, part, deployment));
              link.ifPresent(open -> open.export(Bus.addressesOf(service)));
            });
  }

  /**
   * Goes over to {@code next} in all services, or, when it has errors, in none. No service waits
   * for another; of one that fails an event tells. Never fails.
   */
  public Future<?> reload(NodeConfig next) {
    if (next.refused()) {
      reject(next.diagnostics().stream().filter(Diagnostic::isError).toList());
      return Future.succeededFuture();
    }
    long startNanos = System.nanoTime();
    schedule(next);
    List<Future<?>> reloads = running.stream().<Future<?>>map(each -> reload(each, next)).toList();
    return Future.join(reloads)
        .onSuccess(
            all -> events.publish(new NodeEvent.ConfigReloaded(file, millisSince(startNanos))))
        .otherwiseEmpty();
  }

  private void schedule(NodeConfig config) {
    Set<Service> services =
        running.stream().map(Running::service).collect(Collectors.toUnmodifiableSet());
    ProcessScheduling next = config.scheduling().of(services);
    next.apply(new ForeignLibc(), scheduling, ElectionVerticle.LOOP)
        .forEach(refusal -> LOG.warn("{}", refusal));
    scheduling = next;
  }

  private Future<?> reload(Running service, NodeConfig next) {
    return service
        .part()
        .reconfigure(next)
        .onFailure(
            failure ->
                events.publish(
                    new NodeEvent.ReloadFailed(file, service.service(), failure.toString())));
  }

  /** What the services answer; fails with a message for people when there is no answer. */
  public Future<String> ask(Request request) {
    return switch (request) {
      case Question question when question.what() == Question.What.STATUS -> status(question);
      case Question question -> ask(Service.ELECTION, Bus.questionsTo(Service.ELECTION), question);
      case Order order -> ask(Service.LVS, Bus.ordersTo(Service.LVS), order);
    };
  }

  /** Of whichever service is there. */
  private Future<String> status(Question question) {
    List<Future<String>> answers =
        Stream.of(Service.ELECTION, Service.LVS)
            .map(service -> ask(service, Bus.questionsTo(service), question))
            .toList();
    return Future.join(answers)
        .transform(
            all ->
                answers.stream().noneMatch(Future::succeeded)
                    ? answers.getFirst()
                    : Future.succeededFuture(together(answers)));
  }

  private static String together(List<Future<String>> answers) {
    return answers.stream()
        .filter(Future::succeeded)
        .map(Future::result)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private Future<String> ask(Service service, String address, Request request) {
    return vertx
        .eventBus()
        .<String>request(address, request, new DeliveryOptions().setSendTimeout(ANSWER_MILLIS))
        .map(Message::body)
        .recover(failure -> Future.failedFuture(absent(service, failure)));
  }

  private static Throwable absent(Service service, Throwable failure) {
    boolean absent =
        failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    return absent
        ? new NoSuchElementException(service.label() + "-service is not there", failure)
        : failure;
  }

  /** Says why a new configuration is not used. */
  public void reject(List<?> errors) {
    events.publish(
        new NodeEvent.ConfigRejected(file, errors.stream().map(Object::toString).toList()));
  }

  /** Ends all services in reverse order, each politely, then everything else. */
  public Future<?> stop(String reason) {
    peers.ifPresent(Peers::leave);
    events.publish(new NodeEvent.Stopping(reason));
    return leave();
  }

  private Future<Void> leave() {
    Future<Void> stopped = Future.succeededFuture();
    for (Running each : running.reversed()) {
      stopped = stopped.eventually(() -> vertx.undeploy(each.deployment()));
    }
    return stopped.eventually(vertx::close);
  }

  private static long millisSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}
