package io.keepstream.node.run;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Diagnostic.Severity;
import io.keepstream.contract.Instruction;
import io.keepstream.contract.Order;
import io.keepstream.contract.Order.Kind;
import io.keepstream.contract.Question;
import io.keepstream.contract.Request;
import io.keepstream.contract.Service;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done to a node as a whole, whichever of its processes is asked.
 *
 * <p>A reload has two phases. First every process reads the configuration for itself and agrees to
 * it, if it is good and the same text that the others read. When all have agreed all go over to it;
 * when one has not, none does. Who could not be asked, because it was still starting or stood
 * still, is told of it afterwards and follows. To leave, the processes go one after the other in
 * the order in which the services of one process end.
 */
public final class Lifecycle {
  private static final Logger LOG = LoggerFactory.getLogger("keepstream");

  private final Node node;
  private final Peers peers;
  private final Supplier<Draft> reader;
  private final Runnable leave;
  private final Agreement agreement;

  /**
   * That of {@code node}, which takes part in what other processes ask for from now on.
   *
   * @param started what it has started with
   * @param reader reads the configuration as it is now; may block
   * @param leave makes this process leave politely
   */
  public Lifecycle(Node node, Draft started, Supplier<Draft> reader, Runnable leave) {
    this.node = node;
    this.peers = node.peers();
    this.reader = reader;
    this.leave = leave;
    this.agreement = new Agreement(started);
    peers.obey(this::obey, this::lead);
  }

  /** Does or answers what people ask; a failure's message is for them. */
  public Future<String> answer(Request request) {
    return switch (request) {
      case Question question -> answer(question);
      case Instruction instruction -> node.instruct(instruction);
    };
  }

  private Future<String> answer(Question question) {
    return switch (question.what()) {
      case RELOAD -> reload();
      case STOP -> stop();
      case STATUS -> node.status();
      case EXPLAIN, EXPLAIN_JSON, DATA, STATS, STATS_CLEAR, JSON ->
          node.ask(Service.ELECTION, question);
      case DELIVERIES, DELIVERIES_JSON, DEAD_LETTERS, DEAD_LETTERS_JSON, RETRY_DEAD, REPLAY ->
          node.ask(Service.NOTIFIER, question);
    };
  }

  private Future<String> obey(Order order) {
    return switch (order.kind()) {
      case PREPARE -> prepare(order.fingerprint());
      case COMMIT -> commit(order.fingerprint());
      case CANCEL -> {
        agreement.cancel(order.fingerprint());
        yield Future.succeededFuture("");
      }
      case FOLLOW -> follow(order.fingerprint(), order.readNanos());
      case LEAVE -> {
        leaveInTurn();
        yield Future.succeededFuture("");
      }
    };
  }

  /** Has all processes go over to the configuration as it is now, or none; says what became. */
  public Future<String> reload() {
    long startNanos = System.nanoTime();
    Set<String> names = peers.obedient();
    return read()
        .compose(draft -> agreeAll(draft, names))
        .onFailure(refusal -> node.reject(String.valueOf(refusal.getMessage()).lines().toList()))
        .compose(draft -> commitAll(draft.fingerprint(), names))
        .map(done -> node.reloaded(startNanos));
  }

  /** The configuration as it is now, if it is good. */
  private Future<Draft> read() {
    return node.blocking(
        () -> {
          Draft draft = reader.get();
          List<Diagnostic> said = draft.config().diagnostics();
          said.stream()
              .filter(each -> each.severity() == Severity.WARNING)
              .forEach(warning -> LOG.warn("{}", warning));
          if (draft.config().refused()) {
            throw new ReloadRefused(
                said.stream().filter(Diagnostic::isError).map(Object::toString).toList());
          }
          node.process()
              .obstacleTo(draft.config().process())
              .ifPresent(
                  obstacle -> {
                    throw new ReloadRefused(List.of(obstacle));
                  });
          return draft;
        });
  }

  private Future<Draft> agreeAll(Draft draft, Set<String> names) {
    if (!agreement.agree(draft, System.nanoTime())) {
      return Future.failedFuture(busy());
    }
    return all(names, name -> peers.order(name, Order.of(Kind.PREPARE, draft.fingerprint())))
        .onFailure(refused -> cancelAll(draft.fingerprint(), names))
        .map(draft);
  }

  private void cancelAll(String fingerprint, Set<String> names) {
    agreement.cancel(fingerprint);
    all(names, name -> peers.order(name, Order.of(Kind.CANCEL, fingerprint)));
  }

  private static ReloadRefused busy() {
    return new ReloadRefused(List.of("another reload is going on; try again"));
  }

  private Future<String> prepare(String fingerprint) {
    return read()
        .map(
            draft -> {
              if (!draft.fingerprint().equals(fingerprint)) {
                throw new ReloadRefused(List.of("reads another text than who asks it to reload"));
              }
              if (!agreement.agree(draft, System.nanoTime())) {
                throw busy();
              }
              return "";
            });
  }

  private Future<?> commitAll(String fingerprint, Set<String> names) {
    Future<?> own = commit(fingerprint);
    peers.obedient().stream().filter(name -> !names.contains(name)).forEach(this::lead);
    return Future.join(own, all(names, name -> haveCommitted(name, fingerprint)));
  }

  /** Tells the process called {@code name}, which may have missed it, of the last reload. */
  private void lead(String name) {
    agreement
        .reloaded()
        .ifPresent(
            draft ->
                peers.order(name, new Order(Kind.FOLLOW, draft.fingerprint(), draft.readNanos())));
  }

  /** Goes over to what others have, as far as it is still what is written. */
  private Future<String> follow(String fingerprint, long readNanos) {
    long startNanos = System.nanoTime();
    if (!agreement.looksAgain(fingerprint, readNanos, startNanos)) {
      return Future.succeededFuture("");
    }
    LOG.info("Other processes have gone over to another configuration, which is read again");
    return prepare(fingerprint)
        .onFailure(refusal -> node.leftBehind(peers.own(), String.valueOf(refusal.getMessage())))
        .compose(agreed -> commit(fingerprint))
        .map(done -> node.reloaded(startNanos));
  }

  /** What a process does not manage it tells itself; what it does not answer is told here. */
  private Future<?> haveCommitted(String name, String fingerprint) {
    return peers
        .order(name, Order.of(Kind.COMMIT, fingerprint))
        .onFailure(
            failure -> {
              if (!Peers.refuses(failure)) {
                node.leftBehind(Service.named(name), failure.getMessage());
              }
            });
  }

  private Future<String> commit(String fingerprint) {
    return agreement
        .take(fingerprint)
        .map(config -> node.apply(config).map(""))
        .orElseGet(
            () -> agreement.isInForce(fingerprint) ? node.applied().map("") : agreedToNothing());
  }

  private Future<String> agreedToNothing() {
    String reason = "has agreed to nothing";
    node.leftBehind(peers.own(), reason);
    return Future.failedFuture(reason);
  }

  /** Gives an order to these processes; fails with what each of them has against it. */
  private static Future<?> all(Set<String> names, Function<String, Future<?>> order) {
    List<String> problems = new ArrayList<>();
    Function<String, Future<?>> give =
        name ->
            order
                .apply(name)
                .onFailure(
                    refusal -> {
                      synchronized (problems) {
                        String.valueOf(refusal.getMessage())
                            .lines()
                            .forEach(line -> problems.add(name + ": " + line));
                      }
                    });
    return Future.join(names.stream().<Future<?>>map(give).toList())
        .<Object>mapEmpty()
        .recover(refused -> Future.failedFuture(new ReloadRefused(problems)));
  }

  /** Has all processes leave, and says so. */
  private Future<String> stop() {
    Set<String> others = peers.names();
    List<String> names = new ArrayList<>(others);
    names.add(peers.name());
    return all(others, name -> peers.order(name, Order.of(Kind.LEAVE, null)))
        .onComplete(told -> leaveInTurn())
        .otherwiseEmpty()
        .map("Stopping %s%n".formatted(String.join(", ", names.stream().sorted().toList())));
  }

  private void leaveInTurn() {
    peers.leaveInTurn().onComplete(turn -> leave.run());
  }
}
