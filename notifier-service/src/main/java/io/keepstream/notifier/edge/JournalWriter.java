package io.keepstream.notifier.edge;

import io.keepstream.notifier.edge.JournalInput.Entry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes a journal on two threads of its own: one writes what has come, which is in the hands of
 * the kernel then and survives this process; the other has the disk take all that was written,
 * which survives the machine. While it waits for the disk more is written, so that one wait serves
 * many.
 *
 * <p>What cannot be written is tried again every second and stays here until then, up to a bound;
 * beyond it the oldest go.
 */
final class JournalWriter {
  private static final int MOST_AT_ONCE = 1024;
  private static final long RETRY_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = 1_000;

  /** Told by the threads of the writer. */
  interface Listener {
    /** All up to {@code number} survive this process. */
    void written(long number);

    /** All up to {@code number} survive the machine; the disk took so long for it. */
    void forced(long number, long tookNanos);

    /** Nothing can be written, which is said at every attempt. */
    void refused(IOException why);

    /** Somebody still had to get these. */
    void dropped(long from, long to, String reason);
  }

  private final SegmentOutput output;
  private final Listener listener;
  private final int mostPending;
  private final Deque<Entry> pending = new ArrayDeque<>();
  private final Object unforced = new Object();
  private final Thread writing;
  private final Thread forcing;
  private long written;
  private int holds;
  private boolean closed;

  /** Begins at once; {@code mostPending} events wait at most. */
  JournalWriter(SegmentOutput output, Listener listener, int mostPending) {
    this.output = output;
    this.listener = listener;
    this.mostPending = mostPending;
    long before = output.number() - 1;
    written = before;
    writing = Thread.ofPlatform().daemon().name("journal-write").start(() -> run(this::writeAll));
    forcing =
        Thread.ofPlatform().daemon().name("journal-force").start(() -> run(() -> forceAll(before)));
  }

  /** Takes an event, whose number is higher than that of any before. Waits for nothing. */
  void append(Entry entry) {
    synchronized (pending) {
      pending.add(entry);
      if (pending.size() > mostPending) {
        pending.remove();
      }
      pending.notifyAll();
    }
  }

  /** Writes nothing until {@link #release} is called as often as this was. */
  void hold() {
    synchronized (pending) {
      holds++;
    }
  }

  void release() {
    synchronized (pending) {
      holds--;
      pending.notifyAll();
    }
  }

  /** Writes what is pending, if the disk takes it in time, and ends. */
  void close() throws InterruptedException {
    synchronized (pending) {
      closed = true;
      pending.notifyAll();
    }
    writing.join(CLOSE_MILLIS);
    synchronized (unforced) {
      unforced.notifyAll();
    }
    forcing.join(CLOSE_MILLIS);
    writing.interrupt();
    forcing.interrupt();
    output.close();
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      // The end, with a disk that does not answer.
    }
  }

  private void writeAll() throws InterruptedException {
    List<Entry> batch = take();
    while (!batch.isEmpty()) {
      write(batch);
      batch = take();
    }
  }

  /** What is pending, when there is some; empty at the end. */
  private List<Entry> take() throws InterruptedException {
    synchronized (pending) {
      while ((pending.isEmpty() || holds > 0) && !closed) {
        pending.wait();
      }
      List<Entry> batch = new ArrayList<>();
      while (!pending.isEmpty() && batch.size() < MOST_AT_ONCE) {
        batch.add(pending.remove());
      }
      return batch;
    }
  }

  private void write(List<Entry> batch) throws InterruptedException {
    Consumer<SegmentOutput.Dropped> dropped =
        gone -> listener.dropped(gone.from(), gone.to(), gone.reason());
    boolean done = false;
    while (!done) {
      try {
        output.write(batch, dropped);
        done = true;
      } catch (IOException e) {
        refused(e);
      } catch (RuntimeException e) {
        refused(new IOException(e.toString(), e));
      }
    }
    long last = batch.getLast().number();
    listener.written(last);
    synchronized (unforced) {
      written = last;
      unforced.notifyAll();
    }
  }

  private void refused(IOException why) throws InterruptedException {
    listener.refused(why);
    output.makeRoom();
    pause();
  }

  /** Until the next attempt, which at the end is the last one. */
  private void pause() throws InterruptedException {
    synchronized (pending) {
      if (closed) {
        throw new InterruptedException();
      }
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
      long left = RETRY_MILLIS;
      while (left > 0 && !closed) {
        pending.wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      }
    }
  }

  private void forceAll(long before) throws InterruptedException {
    long forced = before;
    while (true) {
      long target = untilWrittenBeyond(forced);
      if (target == forced) {
        return;
      }
      try {
        long startedNanos = System.nanoTime();
        output.force();
        forced = target;
        listener.forced(forced, System.nanoTime() - startedNanos);
      } catch (IOException e) {
        listener.refused(e);
        pause();
      }
    }
  }

  /** The number written last; {@code forced} at the end. */
  private long untilWrittenBeyond(long forced) throws InterruptedException {
    synchronized (unforced) {
      while (written == forced && writing.isAlive()) {
        unforced.wait();
      }
      return written;
    }
  }
}
