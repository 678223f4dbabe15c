package io.keepstream.notifier.route;

import io.keepstream.notifier.config.Fifo;
import io.keepstream.runtime.script.ScriptCommand;
import java.util.List;

/**
 * An event in keepalived's form.
 *
 * @param kind VRRP or LVS: which FIFOs it is for
 * @param line what goes to them, with its newline
 * @param scripts what is run, one after the other
 */
public record Notice(Fifo.Lines kind, String line, List<ScriptCommand> scripts) {
  public Notice {
    scripts = List.copyOf(scripts);
  }
}
