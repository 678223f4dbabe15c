package io.keepstream.lvs.config;

import io.keepstream.lvs.ipvs.Timeouts;
import java.util.Optional;

/**
 * What {@code global_defs} asks of the IPVS table as a whole.
 *
 * @param ours whether services that no configuration names are removed ({@code lvs_table ours})
 * @param flushAtStart whether they are removed once at the start ({@code lvs_flush})
 * @param flushAtStop whether they are removed at the end ({@code lvs_flush_on_stop})
 */
public record TableOptions(
    boolean ours,
    boolean flushAtStart,
    boolean flushAtStop,
    Timeouts timeouts,
    Optional<SyncRule> sync) {
  /** The table is shared, and nothing is set for it as a whole. */
  public static final TableOptions DEFAULT =
      new TableOptions(false, false, false, Timeouts.UNCHANGED, Optional.empty());
}
