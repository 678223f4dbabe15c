package io.keepstream.node.run;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Instruction;
import io.keepstream.contract.Question;
import io.keepstream.contract.Request;
import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.contract.event.NodeEvent;
import io.keepstream.election.edge.ElectionVerticle;
import io.keepstream.health.edge.HealthVerticle;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.process.ProcessScheduling;
import io.keepstream.linux.process.ServiceManager;
import io.keepstream.lvs.edge.Dataplanes;
import io.keepstream.lvs.edge.LvsVerticle;
import io.keepstream.lvs.edge.Surroundings;
import io.keepstream.lvs.edge.WillFile;
import io.keepstream.node.http.HttpService;
import io.keepstream.node.report.Snapshots;
import io.keepstream.notifier.edge.NotifierVerticle;
import io.keepstream.runtime.ContractCodec;
import io.keepstream.runtime.ContractJson;
import io.keepstream.runtime.EventPublisher;
import io.keepstream.runtime.ServiceVerticle;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services of one process on one event bus. */
public final class Node {
  private static final Logger LOG = LoggerFactory.getLogger("keepstream");

  /** They end in the reverse order. */
  static final List<Service> START_ORDER =
      List.of(Service.NOTIFIER, Service.HEALTH, Service.LVS, Service.ELECTION);

  private static final long ANSWER_MILLIS = 2_000;
  private static final long DEED_MILLIS = 30_000;
  private static final long MEETING_MILLIS = 1_000;

  /** By then most of what a node does has been compiled. */
  private static final long SETTLED_MILLIS = 20_000;

  /** A service with the part of the configuration that it acts on. */
  private record Part<C>(ServiceVerticle<C> verticle, Function<NodeConfig, C> config) {
    Future<?> reconfigure(NodeConfig next) {
      return verticle.reconfigure(config.apply(next));
    }
  }

  private record Running(Service service, Part<?> part, String deployment) {}

  private final Libc libc = new ForeignLibc();
  private final Vertx vertx;
  private final String file;
  private final EventPublisher events;
  private final CompositeMeterRegistry meters = new CompositeMeterRegistry();
  private final Snapshots snapshots;
  private final HttpService http;
  private final List<Running> running = new ArrayList<>();
  private final Peers peers;
  private final Turns turns = new Turns();
  private ProcessScheduling scheduling = ProcessScheduling.USUAL;
  private volatile NodeConfig config;
  private volatile Optional<Supervision> supervision = Optional.empty();

  private Node(NodeConfig config, String file, Set<Service> services) {
    this.config = config;
    this.vertx = Preparation.vertx();
    this.file = file;
    ContractCodec.register(vertx);
    Source source = new Source(config.name(), Service.NODE, UUID.randomUUID().toString());
    this.events = new EventPublisher(vertx.eventBus(), source, InstantSource.system());
    this.peers = new Peers(vertx, config.name(), services);
    this.snapshots = new Snapshots(vertx.eventBus(), services, peers::seenNanos);
    this.http = new HttpService(vertx, meters, snapshots);
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
    Node node = new Node(config, file, services);
    Future<?> started = meeting.<Future<?>>map(node::meet).orElse(Future.succeededFuture());
    for (Service service : START_ORDER) {
      if (service == Service.ELECTION) {
        started = started.onSuccess(ready -> Heap.tidy(services.contains(service)));
      }
      if (services.contains(service)) {
        started =
            started
                .compose(previous -> node.awaitBefore(service))
                .compose(met -> node.deploy(service, node.part(service, config)));
      }
    }
    return started
        .compose(last -> node.http.configure(config.http(), node.loops()))
        .map(
            last -> {
              node.schedule(config);
              if (services.contains(Service.ELECTION)) {
                ElectionVerticle.rehearse(); // without the priority that others have by now
              }
              node.vertx.setTimer(SETTLED_MILLIS, settled -> node.trim());
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

  /** Who has real-time priority must not wait for who gives memory back. */
  private void trim() {
    if (scheduling.equals(ProcessScheduling.USUAL)) {
      blocking(Heap::trim);
    }
  }

  private Future<?> meet(Path directory) {
    return peers
        .meet(directory, meters)
        .onSuccess(met -> peers.export(Set.of(Bus.recallFrom(events.source()))));
  }

  private Map<Service, Supplier<Future<?>>> loops() {
    return running.stream()
        .collect(
            Collectors.toUnmodifiableMap(Running::service, each -> each.part().verticle()::reach));
  }

  /** Who balances begins with the verdicts where they are to be had; nobody else waits. */
  private Future<Void> awaitBefore(Service service) {
    return service == Service.LVS
        ? peers.await(Service.HEALTH, MEETING_MILLIS)
        : Future.succeededFuture();
  }

  private Part<?> part(Service service, NodeConfig config) {
    return switch (service) {
      case ELECTION ->
          new Part<>(new ElectionVerticle(config.name(), config.election()), NodeConfig::election);
      case NOTIFIER ->
          new Part<>(
              new NotifierVerticle(config.name(), config.notifier(), meters), NodeConfig::notifier);
      case HEALTH ->
          new Part<>(
              new HealthVerticle(config.name(), config.health(), meters), NodeConfig::health);
      case LVS ->
          new Part<>(
              new LvsVerticle(
                  config.name(),
                  config.lvs(),
                  new Surroundings(
                      Dataplanes.of(config.lvs(), libc),
                      meters,
                      new WillFile(
                          StateDirectory.ofThisProcess().resolve(config.lvs().stateFile())))),
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
              peers.export(part.verticle().addresses());
            });
  }

  /**
   * Goes over to {@code next}, which has no errors, when it has gone over to what came before. No
   * service waits for another; of one that fails an event tells, and so does the result.
   */
  public Future<?> apply(NodeConfig next) {
    return turns.take(() -> goOver(next));
  }

  /** Completes when it has gone over to the last configuration that it was given. */
  Future<?> applied() {
    return turns.last();
  }

  private Future<?> goOver(NodeConfig next) {
    supervision.ifPresent(Supervision::reloading);
    return Future.join(running.stream().<Future<?>>map(each -> reload(each, next)).toList())
        .onComplete(done -> config = next)
        .eventually(() -> http.configure(next.http(), loops()))
        .onComplete(done -> schedule(next)) // which holds for the threads that there are by then
        .onComplete(done -> supervision.ifPresent(Supervision::ready));
  }

  /** Keeps the service manager informed from now on, if {@code environment} names one. */
  public void supervise(Map<String, String> environment) throws ErrnoException {
    List<Service> own = running.stream().map(Running::service).toList();
    supervision =
        ServiceManager.of(libc, environment)
            .map(manager -> new Supervision(vertx, manager, own, this::reach));
    supervision.ifPresent(Supervision::begin);
  }

  private Future<?> reach() {
    return Future.all(loops().values().stream().<Future<?>>map(Supplier::get).toList());
  }

  /** Tells that a reload that began then is over; says it as text. */
  String reloaded(long startNanos) {
    NodeEvent.ConfigReloaded event = new NodeEvent.ConfigReloaded(file, millisSince(startNanos));
    events.publish(event);
    return event.summary() + "\n";
  }

  private void schedule(NodeConfig config) {
    Set<Service> services =
        running.stream().map(Running::service).collect(Collectors.toUnmodifiableSet());
    ProcessScheduling next = config.process().scheduling().of(services);
    next.apply(libc, scheduling, ElectionVerticle.LOOP).forEach(refusal -> LOG.warn("{}", refusal));
    scheduling = next;
  }

  private Future<Object> reload(Running service, NodeConfig next) {
    return service
        .part()
        .reconfigure(next)
        .<Object>mapEmpty()
        .recover(
            failure -> {
              NodeEvent event =
                  new NodeEvent.ReloadFailed(file, service.service(), failure.toString());
              events.publish(event);
              return Future.failedFuture(new IllegalStateException(event.summary(), failure));
            });
  }

  /** What all services of the node say of themselves, as JSON of a {@code NodeReport}. */
  Future<String> status() {
    return snapshots
        .ask()
        .map(report -> new String(ContractJson.bytes(report), StandardCharsets.UTF_8));
  }

  /** What {@code service} answers; fails with a message for people when there is no answer. */
  public Future<String> ask(Service service, Question question) {
    return request(service, Bus.questionsTo(service), question, ANSWER_MILLIS);
  }

  /** Has the service that it is about do it; fails with a message for people when it does not. */
  Future<String> instruct(Instruction instruction) {
    Service service = Service.LVS;
    return request(service, Bus.instructionsTo(service), instruction, DEED_MILLIS);
  }

  private Future<String> request(
      Service service, String address, Request request, long limitMillis) {
    return vertx
        .eventBus()
        .<String>request(address, request, new DeliveryOptions().setSendTimeout(limitMillis))
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

  /** What concerns the process, by the configuration in force. */
  public ProcessConfig process() {
    return config.process();
  }

  /** The other processes of this node. */
  Peers peers() {
    return peers;
  }

  /** Does what may block, on a thread for that. */
  <T> Future<T> blocking(Callable<T> work) {
    return vertx.executeBlocking(work);
  }

  /** Tells that {@code services} have not gone over to the configuration that the others have. */
  void leftBehind(Set<Service> services, String reason) {
    services.forEach(each -> events.publish(new NodeEvent.ReloadFailed(file, each, reason)));
  }

  /** Says why a new configuration is not used. */
  void reject(List<?> errors) {
    events.publish(
        new NodeEvent.ConfigRejected(file, errors.stream().map(Object::toString).toList()));
  }

  /** Ends all services in reverse order, each politely, then everything else. */
  public Future<?> stop(String reason) {
    peers.leave();
    supervision.ifPresent(Supervision::stopping);
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
