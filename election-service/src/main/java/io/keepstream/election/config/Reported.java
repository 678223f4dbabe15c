package io.keepstream.election.config;

import java.util.List;
import java.util.Map;

/**
 * What an instance is only asked about: other services act on it, or it has become part of the rest
 * of the configuration.
 *
 * @param strict whether it keeps to the RFCs ({@code strict_mode})
 * @param smtpAlert whether mails tell of it
 * @param deletionTold whether it is told as DELETED when a reload drops it
 * @param notifyScripts the command of each script, by its word
 * @param trackedScripts the commands whose results count for it
 */
public record Reported(
    boolean strict,
    boolean smtpAlert,
    boolean deletionTold,
    Map<String, String> notifyScripts,
    List<String> trackedScripts) {
  /** The words that name a script, in keepalived's order. */
  public static final List<String> WORDS =
      List.of(
          "notify_backup",
          "notify_master",
          "notify_fault",
          "notify_stop",
          "notify_deleted",
          "notify",
          "notify_master_rx_lower_pri");

  /** Nothing at all. */
  static final Reported NOTHING = new Reported(false, false, false, Map.of(), List.of());

  public Reported {
    notifyScripts = Map.copyOf(notifyScripts);
    trackedScripts = List.copyOf(trackedScripts);
  }
}
