package io.keepstream.notifier.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How much a journal keeps.
 *
 * @param maxBytes of all segments together; what is beyond it goes, delivered or not
 * @param maxAge beyond which delivered records go
 */
public record Retention(long maxBytes, Duration maxAge) {
  private static final int SEGMENTS = 16;
  private static final long LARGEST_SEGMENT_BYTES = 8 << 20;
  private static final long SMALLEST_SEGMENT_BYTES = 4096;
  private static final Duration SHORTEST_SEGMENT_AGE = Duration.ofMinutes(1);

  /**
   * One segment that is not written any more.
   *
   * @param first its first number
   * @param next the first number of the segment behind it
   * @param endedAt when the last record was written
   */
  public record Segment(long first, long next, long bytes, Instant endedAt) {}

  /** When a segment is to be followed by another. */
  public long segmentBytes() {
    return Math.clamp(maxBytes / SEGMENTS, SMALLEST_SEGMENT_BYTES, LARGEST_SEGMENT_BYTES);
  }

  /** After which it is followed by another, however small it is, since segments go as a whole. */
  public Duration segmentAge() {
    Duration age = maxAge.dividedBy(SEGMENTS);
    return age.compareTo(SHORTEST_SEGMENT_AGE) < 0 ? SHORTEST_SEGMENT_AGE : age;
  }

  /**
   * The segments that have to go, oldest first.
   *
   * @param ended all but the one that is written, oldest first
   * @param currentBytes of that one
   * @param undelivered the lowest number that somebody still has to get
   */
  public List<Segment> surplus(
      List<Segment> ended, long currentBytes, long undelivered, Instant now) {
    long total = currentBytes + ended.stream().mapToLong(Segment::bytes).sum();
    List<Segment> surplus = new ArrayList<>();
    for (Segment segment : ended) {
      boolean delivered = segment.next() <= undelivered;
      boolean old = segment.endedAt().plus(maxAge).isBefore(now);
      if (total <= maxBytes && !(delivered && old)) {
        break;
      }
      surplus.add(segment);
      total -= segment.bytes();
    }
    return surplus;
  }
}
