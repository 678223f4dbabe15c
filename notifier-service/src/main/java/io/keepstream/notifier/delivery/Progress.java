package io.keepstream.notifier.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which numbers of the journal a sink is done with. */
public final class Progress {
  private long position;
  private final TreeMap<Long, Long> beyond = new TreeMap<>();

  /** The numbers from {@code from} on, below {@code to}. */
  public record Range(long from, long to) {}

  /**
   * What outlives a restart.
   *
   * @param position all below are done
   * @param beyond what is done beyond it, in order
   */
  public record Cursor(long position, List<Range> beyond) {
    public Cursor {
      beyond = beyond == null ? List.of() : List.copyOf(beyond);
    }
  }

  /** Done with all below {@code position}. */
  public Progress(long position) {
    this.position = position;
  }

  /** As it was. */
  public Progress(Cursor cursor) {
    this(cursor.position());
    cursor.beyond().forEach(range -> done(range.from(), range.to()));
  }

  /** The lowest number that is not done with. */
  public long position() {
    return position;
  }

  /** Whether it is done with {@code number}. */
  public boolean isDone(long number) {
    Map.Entry<Long, Long> below = beyond.floorEntry(number);
    return number < position || (below != null && number < below.getValue());
  }

  /** How many numbers below {@code end} are not done with. */
  public long openBelow(long end) {
    long open = Math.max(0, end - position);
    for (Map.Entry<Long, Long> range : beyond.headMap(end).entrySet()) {
      open -= Math.min(range.getValue(), end) - range.getKey();
    }
    return open;
  }

  /** It is done with {@code number}. */
  public void done(long number) {
    done(number, number + 1);
  }

  /** It is done with all from {@code from} on, below {@code to}. */
  public void done(long from, long to) {
    long begin = Math.max(from, position);
    long end = to;
    if (begin >= end) {
      return;
    }
    Map.Entry<Long, Long> below = beyond.floorEntry(begin);
    if (below != null && below.getValue() >= begin) {
      begin = below.getKey();
      end = Math.max(end, below.getValue());
    }
    for (Map.Entry<Long, Long> next = beyond.ceilingEntry(begin);
        next != null && next.getKey() <= end;
        next = beyond.ceilingEntry(begin)) {
      end = Math.max(end, next.getValue());
      beyond.remove(next.getKey());
    }
    if (begin == position) {
      position = end;
    } else {
      beyond.put(begin, end);
    }
  }

  /** What has to outlive a restart. */
  public Cursor cursor() {
    List<Range> ranges = new ArrayList<>();
    beyond.forEach((from, to) -> ranges.add(new Range(from, to)));
    return new Cursor(position, ranges);
  }
}
