package io.keepstream.notifier.edge;

import io.keepstream.notifier.delivery.DeadLetter;
import io.keepstream.notifier.delivery.Progress.Cursor;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps of one sink what has to outlive a restart, on a thread of its own. Of several changes that
 * come while one is written only the last counts. What cannot be written is said once, and the sink
 * goes on.
 */
final class SinkState {
  private static final Logger log = LoggerFactory.getLogger(SinkState.class);

  /** The oldest go when there are more. */
  static final int MOST_LETTERS = 1000;

  private final WorkerExecutor disk;
  private final Optional<SinkFile> file;
  private final List<DeadLetter> letters = new ArrayList<>();
  private Supplier<Cursor> waiting;
  private Future<?> last = Future.succeededFuture();
  private boolean writing;
  private boolean failing;
  private long savedPosition;

  private interface Write {
    void run(SinkFile file) throws IOException;
  }

  /** In memory only, if {@code file} is empty. */
  SinkState(Context context, WorkerExecutor disk, Optional<SinkFile> file, long position) {
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

  private void saveNow() {
    Cursor cursor = waiting.get();
    waiting = null;
    writing = true;
    write(kept -> kept.save(cursor))
        .onSuccess(written -> savedPosition = cursor.position())
        .onComplete(
            written -> {
              writing = false;
              if (waiting != null) {
                saveNow();
              }
            });
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
    return last.transform(done -> last);
  }

  /** Forgets the sink. */
  void delete() {
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
