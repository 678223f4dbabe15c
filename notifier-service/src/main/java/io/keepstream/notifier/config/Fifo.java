package io.keepstream.notifier.config;

import io.keepstream.runtime.script.ScriptCommand;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A FIFO that is told in lines.
 *
 * @param path created if absent, and then removed at the end
 * @param lines which ones
 * @param owner {@code USER} or {@code USER:GROUP} for a FIFO created here; empty for our own
 * @param reader the script that reads it, run for as long as the FIFO is there, with the path as
 *     its last argument
 * @param repeats whether a reload has it told again what the reload has not changed ({@code
 *     fifo_write_vrrp_states_on_reload})
 */
public record Fifo(
    Path path,
    Lines lines,
    Optional<String> owner,
    Optional<ScriptCommand> reader,
    boolean repeats) {

  /** One that a reload tells nothing. */
  public Fifo(Path path, Lines lines, Optional<String> owner, Optional<ScriptCommand> reader) {
    this(path, lines, owner, reader, false);
  }

  /** The kinds of lines. */
  public enum Lines {
    /** {@code notify_fifo}. */
    ALL,
    /** {@code vrrp_notify_fifo}: of instances and groups. */
    VRRP,
    /** {@code lvs_notify_fifo}: of virtual and real servers. */
    LVS;

    /** Whether a FIFO for these lines takes a line of {@code kind}. */
    public boolean include(Lines kind) {
      return this == ALL || this == kind;
    }
  }
}
