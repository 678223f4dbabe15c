package io.keepstream.election.bfd;

import java.util.Set;
import java.util.random.RandomGenerator;

/** Our names of sessions (RFC 5880 section 6.3). */
public final class Discriminators {
  private Discriminators() {}

  /**
   * A number that no session has, and that is not 0.
   *
   * @param random must not be guessable, so that strangers cannot speak for a neighbour
   */
  public static long fresh(RandomGenerator random, Set<Long> taken) {
    while (true) {
      long discriminator = Integer.toUnsignedLong(random.nextInt());
      if (discriminator != 0 && !taken.contains(discriminator)) {
        return discriminator;
      }
    }
  }
}
