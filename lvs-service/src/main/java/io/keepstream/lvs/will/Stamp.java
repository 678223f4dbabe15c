package io.keepstream.lvs.will;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whose will it is.
 *
 * @param reason in the owner's words
 * @param sinceNanos monotonic; negative where it is older than the clock
 */
public record Stamp(String owner, Optional<String> reason, long sinceNanos) {

  /** For how long it has been so. */
  public long ageMillis(long nowNanos) {
    return TimeUnit.NANOSECONDS.toMillis(nowNanos - sinceNanos);
  }
}
