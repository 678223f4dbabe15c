package io.keepstream.lvs.edge;

import io.keepstream.lvs.config.TableOptions;
import io.keepstream.lvs.ipvs.Load;
import io.keepstream.lvs.ipvs.Reading;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.plan.DesiredTable;
import io.keepstream.lvs.plan.Ledger;
import io.keepstream.lvs.plan.Outcome;
import io.keepstream.lvs.plan.Owned;
import io.keepstream.lvs.plan.Reconciler;
import io.keepstream.lvs.plan.Synchronized;
import io.keepstream.lvs.plan.TableChange;
import io.keepstream.lvs.port.IpvsTable;
import io.keepstream.lvs.port.IpvsUnavailableException;
import io.keepstream.runtime.EventPublisher;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the kernel's table to what is wanted and keeps it there.
 *
 * <p>All methods are called on one context. The work itself is done by a thread of its own, one
 * attempt at a time; what is asked for during an attempt is done in the next.
 */
final class TableKeeper {
  private static final Logger log = LoggerFactory.getLogger(TableKeeper.class);
  private static final int CLEARINGS = 3;

  private final Vertx vertx;
  private final IpvsTable table;
  private final WorkerExecutor worker;
  private final EventPublisher events;
  private final Pace pace;
  private final Runnable onLoads;
  private final Ledger ledger = new Ledger();
  private DesiredTable wanted = DesiredTable.EMPTY;
  private TableOptions options = TableOptions.DEFAULT;
  private Optional<Loads> loads = Optional.empty();
  private boolean readFirst;
  private boolean running;
  private boolean ended;
  private boolean forsaken;
  private Promise<Void> next;
  private Optional<Long> timer = Optional.empty();

  /**
   * A keeper that does nothing yet.
   *
   * @param onLoads called when {@link #loads} are new
   */
  TableKeeper(Vertx vertx, IpvsTable table, EventPublisher events, Pace pace, Runnable onLoads) {
    this.vertx = vertx;
    this.table = table;
    // Nobody else's work may keep the table waiting.
    this.worker = vertx.createSharedWorkerExecutor("ipvs", 1);
    this.events = events;
    this.pace = pace;
    this.onLoads = onLoads;
  }

  /** The table as it should be now in the kernel; empty where there is none. */
  Optional<ServiceTable> table() {
    return ledger.believed();
  }

  /** What passed through the table when it was read last. */
  Optional<Loads> loads() {
    return loads;
  }

  /** Wants another table; completes when it was tried. Without any table it waits for one. */
  Future<Void> want(DesiredTable desired, TableOptions withOptions) {
    if (ended) {
      return Future.succeededFuture();
    }
    wanted = desired;
    options = withOptions;
    boolean waiting = ledger.unavailable() && timer.isPresent();
    return waiting ? Future.succeededFuture() : attempt(false);
  }

  /** Reads the table soon, and repairs what differs. */
  void read() {
    if (!ended && ledger.hasSeenATable() && !ledger.unavailable()) {
      attempt(true);
    }
  }

  /** What the kernel has now, without a change to it; empty where it has none. */
  Future<Optional<ServiceTable>> look() {
    return worker
        .executeBlocking(() -> Optional.of(table.dump().table()))
        .otherwise(Optional.empty());
  }

  /** Removes everything of ours and lets go of the kernel. */
  Future<Void> end() {
    wanted = DesiredTable.EMPTY;
    ended = true;
    return clear(CLEARINGS)
        .onComplete(done -> timer.ifPresent(vertx::cancelTimer))
        .compose(done -> worker.<Void>executeBlocking(Executors.callable(table::close, null)))
        .eventually(worker::close);
  }

  /** Nothing comes after it that would make up for what fails. */
  private Future<Void> clear(int times) {
    if (times == 0 || ledger.unavailable()) {
      return Future.succeededFuture();
    }
    return attempt(true)
        .compose(done -> ledger.owned().isNothing() ? Future.succeededFuture() : clear(times - 1));
  }

  private Future<Void> attempt(boolean read) {
    readFirst |= read;
    if (next == null) {
      next = Promise.promise();
    }
    Promise<Void> promise = next;
    if (!running) {
      run();
    }
    return promise.future();
  }

  private void run() {
    Promise<Void> promise = next;
    next = null;
    Optional<ServiceTable> believed = readFirst ? Optional.empty() : ledger.believed();
    readFirst = false;
    Attempt attempt = new Attempt(wanted, believed, ledger.owned(), flushes());
    if (attempt.idle()) {
      forsake().onComplete(promise);
      return;
    }
    running = true;
    long startNanos = System.nanoTime();
    worker
        .executeBlocking(() -> attempt.make(table))
        .onComplete(
            result -> {
              running = false;
              boolean read = attempt.believed().isEmpty();
              settle(result, read);
              long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
              if (read || ledger.unavailable() || timer.isEmpty()) {
                rearm(pace.untilNextMillis(ledger.unavailable(), tookMillis));
              }
              promise.complete();
              if (next != null) {
                run();
              }
            });
  }

  /** Where nothing is wanted from the start on, a run before may have wanted something. */
  private Future<Void> forsake() {
    if (forsaken || ended || ledger.hasSeenATable()) {
      return Future.succeededFuture();
    }
    forsaken = true;
    return worker.executeBlocking(Executors.callable(table::forsake, null));
  }

  /** Whether what others have put into the table goes too. */
  private boolean flushes() {
    boolean first = !ledger.hasSeenATable();
    return options.ours()
        || table.dataplane().exclusive()
        || (options.flushAtStart() && first)
        || (options.flushAtStop() && ended);
  }

  private void settle(AsyncResult<Synchronized> result, boolean read) {
    if (result.succeeded()) {
      ledger.take(result.result()).forEach(events::publish);
      result.result().loads().ifPresent(this::measured);
      // Once is enough: whoever goes on editing the table meets the next sweep.
      if (result.result().outcome().surprised() && !read) {
        attempt(true);
      }
    } else if (result.cause() instanceof IpvsUnavailableException e) {
      ledger.lost(e.getMessage()).forEach(events::publish);
    } else {
      log.warn("The IPVS table could not be worked on and is tried again", result.cause());
    }
  }

  private void measured(Map<ServiceKey, Load> read) {
    loads = Optional.of(new Loads(read, System.nanoTime()));
    onLoads.run();
  }

  private void rearm(long delayMillis) {
    timer.ifPresent(vertx::cancelTimer);
    timer = Optional.of(vertx.setTimer(delayMillis, fired -> sweep()));
  }

  private void sweep() {
    timer = Optional.empty();
    attempt(true);
  }

  /** What an attempt needs to know, so that it shares nothing with the context. */
  private record Attempt(
      DesiredTable desired, Optional<ServiceTable> believed, Owned owned, boolean flush) {

    /** Whether nothing is wanted and nothing is ours, so that the kernel need not be asked. */
    boolean idle() {
      return desired.table().equals(ServiceTable.EMPTY) && owned.isNothing() && !flush;
    }

    Synchronized make(IpvsTable table) throws IOException {
      Optional<Reading> read = believed.isPresent() ? Optional.empty() : Optional.of(table.dump());
      ServiceTable actual =
          read.map(it -> it.table().sharing(desired.table())).or(() -> believed).orElseThrow();
      // What the table is may be known only since it was read.
      boolean all = flush || table.dataplane().exclusive();
      Owned goes = all ? owned.withServicesOf(actual) : owned;
      List<TableChange> changes = Reconciler.diff(desired.table(), actual, goes);
      Outcome outcome = changes.isEmpty() ? Outcome.NOTHING : table.apply(changes);
      return new Synchronized(desired, actual, read.map(Reading::loads), outcome);
    }
  }

  /**
   * What passed through the table.
   *
   * @param readNanos when that was read
   */
  record Loads(Map<ServiceKey, Load> services, long readNanos) {}
}
