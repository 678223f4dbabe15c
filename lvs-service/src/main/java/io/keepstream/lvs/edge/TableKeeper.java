package io.keepstream.lvs.edge;

import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.plan.DesiredTable;
import io.keepstream.lvs.plan.Ledger;
import io.keepstream.lvs.plan.Outcome;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
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

  private final Vertx vertx;
  private final IpvsTable table;
  private final WorkerExecutor worker;
  private final EventPublisher events;
  private final Pace pace;
  private final Ledger ledger = new Ledger();
  private DesiredTable wanted = DesiredTable.EMPTY;
  private boolean readFirst;
  private boolean running;
  private boolean ended;
  private Promise<Void> next;
  private Optional<Long> timer = Optional.empty();

  TableKeeper(Vertx vertx, IpvsTable table, EventPublisher events, Pace pace) {
    this.vertx = vertx;
    this.table = table;
    // Nobody else's work may keep the table waiting.
    this.worker = vertx.createSharedWorkerExecutor("ipvs", 1);
    this.events = events;
    this.pace = pace;
  }

  /** The table as it should be now in the kernel; empty where there is none. */
  Optional<ServiceTable> table() {
    return ledger.believed();
  }

  /** Wants another table; completes when it was tried. Without any table it waits for one. */
  Future<Void> want(DesiredTable desired) {
    if (ended) {
      return Future.succeededFuture();
    }
    wanted = desired;
    boolean waiting = ledger.unavailable() && timer.isPresent();
    return waiting ? Future.succeededFuture() : attempt(false);
  }

  /** Removes everything of ours and lets go of the kernel. */
  Future<Void> end() {
    wanted = DesiredTable.EMPTY;
    ended = true;
    Future<Void> cleared = ledger.unavailable() ? Future.succeededFuture() : attempt(true);
    return cleared
        .onComplete(done -> timer.ifPresent(vertx::cancelTimer))
        .compose(done -> worker.<Void>executeBlocking(Executors.callable(table::close, null)))
        .eventually(worker::close);
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
    Attempt attempt = new Attempt(wanted, believed, ledger.owned());
    if (attempt.idle()) {
      promise.complete();
      return;
    }
    running = true;
    worker
        .executeBlocking(() -> attempt.make(table))
        .onComplete(
            result -> {
              running = false;
              settle(result, attempt.believed().isEmpty());
              promise.complete();
              if (next != null) {
                run();
              }
            });
  }

  private void settle(AsyncResult<Synchronized> result, boolean read) {
    if (result.succeeded()) {
      ledger.take(result.result()).forEach(events::publish);
      // Once is enough: whoever goes on editing the table meets the next sweep.
      if (result.result().outcome().surprised() && !read) {
        attempt(true);
      }
    } else if (result.cause() instanceof IpvsUnavailableException e) {
      ledger.lost(e.getMessage()).forEach(events::publish);
    } else {
      log.warn("The IPVS table could not be worked on and is tried again", result.cause());
    }
    if (read || ledger.unavailable() || timer.isEmpty()) {
      rearm(ledger.unavailable() ? pace.lookAgainMillis() : pace.sweepMillis());
    }
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
      DesiredTable desired, Optional<ServiceTable> believed, Set<ServiceKey> owned) {

    /** Whether nothing is wanted and nothing is ours, so that the kernel need not be asked. */
    boolean idle() {
      return desired.table().entries().isEmpty() && owned.isEmpty();
    }

    Synchronized make(IpvsTable table) throws IOException {
      ServiceTable actual = believed.isPresent() ? believed.get() : table.dump();
      List<TableChange> changes = Reconciler.diff(desired.table(), actual, owned);
      Outcome outcome = changes.isEmpty() ? Outcome.NOTHING : table.apply(changes);
      return new Synchronized(desired, actual, believed.isEmpty(), outcome);
    }
  }
}
