package io.keepstream.notifier.config;

import io.keepstream.runtime.script.ScriptCommand;
import java.util.Map;
import java.util.Optional;

/**
 * What one VRRP instance or sync group asked for.
 *
 * @param scripts {@code notify_master} and its like, by the word they stand for
 * @param always {@code notify}: run after the script of the state, with four more arguments
 * @param deleted {@code notify_deleted}, with or without a script: say DELETED where keepalived
 *     else says FAULT
 * @param priorityChanges {@code notify_priority_changes}: write them to the FIFOs
 */
public record VrrpNotify(
    Map<NoticeWord, ScriptCommand> scripts,
    Optional<ScriptCommand> always,
    boolean deleted,
    boolean priorityChanges) {

  /** Asked for nothing; FIFOs are still told of states. */
  public static final VrrpNotify NONE = new VrrpNotify(Map.of(), Optional.empty(), false, false);

  public VrrpNotify {
    scripts = Map.copyOf(scripts);
  }
}
