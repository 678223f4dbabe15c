package io.keepstream.notifier.edge;

import io.keepstream.contract.Envelope;
import io.keepstream.contract.event.Event;
import io.keepstream.contract.event.JournalEvent;
import io.keepstream.notifier.config.JournalSettings;
import io.keepstream.notifier.edge.JournalInput.Batch;
import io.keepstream.notifier.edge.JournalInput.Entry;
import io.keepstream.notifier.journal.Heard;
import io.keepstream.notifier.journal.Retention;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * All events in the order of their arrival: the last ones in memory, all of them in the journal.
 * Where there is no journal, or it cannot be written, those in memory are all there is. To be used
 * on one context only.
 */
final class Ledger {
  /** The last events, which nobody has to read from the disk. */
  private static final int KEPT = 4096;

  /** How many stay in memory while the disk does not take them. */
  static final int MOST_KEPT = 16_384;

  private final Context context;
  private final NotifierMeters meters;
  private final Consumer<Event> events;
  private final Runnable progress;
  private final NavigableMap<Long, Entry> kept = new TreeMap<>();
  private JournalDirectory directory;
  private SegmentOutput output;
  private JournalWriter writer;
  private long last;
  private long written;
  private long forced;
  private boolean failing;
  private long failingSinceNanos;

  /** The last number when the disk refused something last: it is known to work beyond that only. */
  private long refusedAt;

  /**
   * A ledger that keeps all in memory until {@link #open} has opened a journal.
   *
   * @param events published where the journal has something to say
   * @param progress called whenever more may be delivered
   */
  Ledger(Context context, NotifierMeters meters, Consumer<Event> events, Runnable progress) {
    this.context = context;
    this.meters = meters;
    this.events = events;
    this.progress = progress;
  }

  /**
   * Opens the journal, and says what is kept of the sinks beside it. To be called before the first
   * event; blocks.
   */
  SinkFiles open(JournalSettings settings, InstantSource clock) throws IOException {
    JournalDirectory opened = JournalDirectory.open(settings.directory());
    SinkFiles files;
    try {
      files = SinkFiles.open(settings.directory());
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
    directory = opened;
    // A machine that lost power may have lost the end of the journal, but not what was done with.
    long next = Math.max(files.beyondAll(), directory.contents().next());
    last = next - 1;
    written = last;
    forced = last;
    output = new SegmentOutput(directory, next, settings.retention(), clock);
    output.delivered(files.lowest().orElse(next));
    writer = new JournalWriter(output, new Progress(), MOST_KEPT);
    meters.bytes(output::bytes);
    return files;
  }

  /** How far each source had been heard when the journal was opened. */
  Collection<Heard> heard() {
    return directory == null ? List.of() : directory.contents().heard().values();
  }

  /** Takes an event, and says its number. */
  long append(Envelope envelope) {
    Entry entry = new Entry(++last, envelope);
    kept.put(last, entry);
    if (writer != null) {
      writer.append(entry);
    }
    trim();
    if (writer == null || failing) {
      progress.run();
    }
    return last;
  }

  private void trim() {
    long safe = writer == null ? last : written;
    while (kept.size() > MOST_KEPT || (kept.size() > KEPT && kept.firstKey() <= safe)) {
      kept.pollFirstEntry();
    }
  }

  /** The last number. */
  long last() {
    return last;
  }

  /**
   * The last number that may be delivered to what ends with this machine, such as a script: those
   * up to it survive this process.
   */
  long written() {
    return writer == null || failing ? last : written;
  }

  /** The last number that may be delivered elsewhere: those up to it survive the machine. */
  long forced() {
    return writer == null || failing ? last : forced;
  }

  /** A reader for {@link #read}, null where there is only the memory. */
  JournalInput input() {
    return directory == null ? null : new JournalInput(directory.path());
  }

  /**
   * At most {@code most} entries from {@code from} on; those that it does not have are left out.
   */
  Future<Batch> read(JournalInput input, long from, int most) {
    if (from > last) {
      return Future.succeededFuture(new Batch(List.of(), from));
    }
    if (!kept.isEmpty() && from >= kept.firstKey()) {
      return Future.succeededFuture(recent(from, most));
    }
    long firstKept = kept.isEmpty() ? last + 1 : kept.firstKey();
    if (input == null) {
      return Future.succeededFuture(new Batch(List.of(), firstKept));
    }
    long until = Math.min(firstKept - 1, written);
    return context
        .executeBlocking(() -> input.read(from, most, until), false)
        .map(batch -> batch.entries().isEmpty() ? new Batch(List.of(), firstKept) : batch);
  }

  private Batch recent(long from, int most) {
    List<Entry> entries = new ArrayList<>();
    // A stream would count all that are behind before it takes the first.
    Iterator<Entry> behind = kept.tailMap(from).values().iterator();
    while (behind.hasNext() && entries.size() < most) {
      entries.add(behind.next());
    }
    return new Batch(entries, entries.getLast().number() + 1);
  }

  /**
   * Holds what comes from now on in memory until the place of a sink that is to get it is written
   * down: found in the journal by a process that does not know of the sink, it would never be sent.
   */
  void holdFor(SinkState sink) {
    if (writer != null) {
      writer.hold();
      sink.awaitPlace(this::onRefused).onComplete(known -> writer.release());
    }
  }

  /** Keeps so much from now on. */
  void retain(Retention retention) {
    if (output != null) {
      output.retain(retention);
    }
  }

  /** All below {@code number} has been delivered to everyone. */
  void delivered(long number) {
    if (output != null) {
      output.delivered(number);
    }
  }

  /** Writes what is still to be written, if the disk takes it. */
  Future<?> close() {
    return writer == null
        ? Future.succeededFuture()
        : context.executeBlocking(
            () -> {
              writer.close();
              return null;
            },
            false);
  }

  private final class Progress implements JournalWriter.Listener {
    @Override
    public void written(long number) {
      context.runOnContext(now -> onWritten(number));
    }

    @Override
    public void forced(long number, long tookNanos) {
      meters.forced(tookNanos);
      context.runOnContext(now -> onForced(number));
    }

    @Override
    public void refused(IOException why) {
      context.runOnContext(now -> onRefused(why));
    }

    @Override
    public void dropped(long from, long to, String reason) {
      context.runOnContext(now -> events.accept(new JournalEvent.EventsDropped(from, to, reason)));
    }
  }

  private void onWritten(long number) {
    written = number;
    trim();
    progress.run();
  }

  private void onForced(long number) {
    forced = number;
    if (failing && number >= refusedAt) {
      failing = false;
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - failingSinceNanos);
      events.accept(new JournalEvent.Recovered(directory.path().toString(), millis));
    }
    progress.run();
  }

  private void onRefused(Throwable why) {
    refusedAt = last;
    if (!failing) {
      failing = true;
      failingSinceNanos = System.nanoTime();
      String detail = why.getMessage() == null ? why.toString() : why.getMessage();
      events.accept(new JournalEvent.Failing(directory.path().toString(), detail));
      progress.run();
    }
  }
}
