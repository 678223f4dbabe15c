package io.keepstream.notifier.edge;

import io.keepstream.notifier.delivery.DeadLetter;
import io.keepstream.notifier.delivery.Progress.Cursor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps of one sink what has to outlive a restart, on a thread of its own. Of several changes that
 * come while one is written only the last counts. What cannot be written is said once and tried
 * again, and the sink goes on.
 */
final class SinkState {
  private static final Logger log = LoggerFactory.getLogger(SinkState.class);

  private static final long AGAIN_MILLIS = 1_000;

  /** The oldest go when there are more. */
  static final int MOST_LETTERS = 1000;

  private final Context context;
  private final WorkerExecutor disk;
  private final Optional<SinkFile> file;
  private final List<DeadLetter> letters = new ArrayList<>();
  private Supplier<Cursor> waiting;
  private Future<?> last = Future.succeededFuture();
  private boolean writing;
  private boolean failing;
  private boolean closed;
  private long savedPosition;
  private final Promise<Void> placed = Promise.promise();
  private Consumer<Throwable> misplaced = why -> {};

  private interface Write {
    void run(SinkFile file) throws IOException;
  }

  /** In memory only, if {@code file} is empty. */
  SinkState(Context context, WorkerExecutor disk, Optional<SinkFile> file, long position) {
    this.context = context;
    this.disk = disk;
    this.file = file;
    savedPosition = position;
    file.ifPresent(
        kept ->
            disk.executeBlocking(kept::letters)
                .onSuccess(found -> context.runOnContext(now -> letters.addAll(0, found)))
                .onFailure(why -> log.warn("dead letters are not read: {}", why.toString())));
  }

  /** All below this number is known to be done with after a restart. */
  long savedPosition() {
    return savedPosition;
  }

  List<DeadLetter> letters() {
    return List.copyOf(letters);
  }

  /** Saves what {@code cursor} gives when its turn comes. */
  void save(Supplier<Cursor> cursor) {
    waiting = cursor;
    if (!writing) {
      saveNow();
    }
  }

  /**
   * Completes when a restart would know of the sink, or the sink is closed.
   *
   * @param refused told whenever that could not be written down
   */
  Future<Void> awaitPlace(Consumer<Throwable> refused) {
    misplaced = refused;
    return placed.future();
  }

  private void saveNow() {
    Supplier<Cursor> latest = waiting;
    Cursor cursor = latest.get();
    waiting = null;
    writing = true;
    write(kept -> kept.save(cursor))
        .onSuccess(
            written -> {
              savedPosition = cursor.position();
              placed.tryComplete();
              saveNext();
            })
        .onFailure(why -> saveAgain(latest, why));
  }

  private void saveNext() {
    writing = false;
    if (waiting != null) {
      saveNow();
    }
  }

  private void saveAgain(Supplier<Cursor> latest, Throwable why) {
    if (closed) {
      return;
    }
    if (!placed.future().isComplete()) {
      misplaced.accept(why);
    }
    if (waiting == null) {
      waiting = latest;
    }
    context.owner().setTimer(AGAIN_MILLIS, now -> saveNext());
  }

  void bury(DeadLetter letter) {
    letters.removeIf(other -> other.number() == letter.number());
    letters.add(letter);
    if (letters.size() > MOST_LETTERS) {
      letters.removeFirst();
      rewrite();
    } else {
      write(kept -> kept.append(letter));
    }
  }

  void unbury(long number) {
    if (letters.removeIf(letter -> letter.number() == number)) {
      rewrite();
    }
  }

  private void rewrite() {
    List<DeadLetter> all = letters();
    write(kept -> kept.rewrite(all));
  }

  /** Completes when all is written. */
  Future<?> close() {
    closed = true;
    placed.tryComplete();
    return last.transform(done -> last);
  }

  /** Forgets the sink. */
  void delete() {
    closed = true;
    placed.tryComplete();
    waiting = null;
    write(SinkFile::delete);
  }

  private Future<?> write(Write write) {
    if (file.isEmpty()) {
      return Future.succeededFuture();
    }
    last =
        disk.executeBlocking(
                () -> {
                  write.run(file.get());
                  return null;
                })
            .onSuccess(written -> failing = false)
            .onFailure(this::sayFailing);
    return last;
  }

  private void sayFailing(Throwable failure) {
    if (!failing) {
      failing = true;
      log.warn("what was delivered is not written down: {}", failure.toString());
    }
  }
}
