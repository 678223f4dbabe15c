package io.keepstream.health.http;

import java.util.List;
import java.util.stream.Collectors;

/** Status codes from {@code first} to {@code last}, both included. */
public record StatusRange(int first, int last) {
  /** What is accepted when nothing else is said. */
  public static final List<StatusRange> SUCCESS = List.of(new StatusRange(200, 299));

  boolean has(int status) {
    return status >= first && status <= last;
  }

  /** Several of them, for people. */
  static String text(List<StatusRange> ranges) {
    return ranges.stream().map(StatusRange::toString).collect(Collectors.joining(" "));
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
