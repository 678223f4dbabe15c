package io.keepstream.contract.event;

import java.util.List;

/**
 * The arithmetic behind a priority.
 *
 * @param base the configured priority, 1-255
 * @param effective what is advertised: base plus shares, clamped to 1-254; 255 is never changed
 * @param shares what each tracker adds or subtracts now
 */
public record Priority(int base, int effective, List<Share> shares) {
  /**
   * One tracker's part.
   *
   * @param tracker kind and name, as in {@code script chk_haproxy}
   * @param points what it adds (or, negative, subtracts)
   */
  public record Share(String tracker, int points) {}

  public Priority {
    shares = List.copyOf(shares);
  }

  /** A priority without trackers. */
  public static Priority of(int base) {
    return new Priority(base, base, List.of());
  }
}
