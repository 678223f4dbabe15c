package io.keepstream.notifier.config;

import static io.keepstream.config.vocabulary.Block.block;
import static io.keepstream.config.vocabulary.Keyword.script;
import static io.keepstream.config.vocabulary.Keyword.word;
import static io.keepstream.config.vocabulary.Params.bool;
import static io.keepstream.config.vocabulary.Params.integer;
import static io.keepstream.config.vocabulary.Params.many;
import static io.keepstream.config.vocabulary.Params.oneOf;
import static io.keepstream.config.vocabulary.Params.optional;
import static io.keepstream.config.vocabulary.Params.path;
import static io.keepstream.config.vocabulary.Params.port;
import static io.keepstream.config.vocabulary.Params.text;
import static io.keepstream.config.vocabulary.Status.ACTS;

import io.keepstream.config.vocabulary.Arguments;
import io.keepstream.config.vocabulary.Block;
import io.keepstream.config.vocabulary.Keyword;
import java.util.ArrayList;
import java.util.List;

/**
 * The words this service gives a meaning: scripts, FIFOs, mail, and what carries events elsewhere.
 */
public final class NotifierWords {
  private static final Block GLOBAL =
      block(
          "global_defs",
          word("notification_email_from", ACTS, text("address")).means("Sender of alert mails"),
          word("smtp_server", ACTS, text("host"), optional(port()))
              .means("Mail relay for alerts; without it no mail is ever sent"),
          word("smtp_helo_name", ACTS, text("text")).means("Name announced in HELO"),
          word("smtp_connect_timeout", ACTS, integer(0, 4294))
              .means("Timeout for connecting to and reading from the mail relay"),
          word("smtp_tls", ACTS, bool())
              .means("Mail only after STARTTLS, with the relay's certificate verified"),
          word("smtp_ca_file", ACTS, path())
              .means("Certificates that are trusted for smtp_tls, in PEM form"),
          word("smtp_user", ACTS, text("user")).means("User to log in as at the mail relay"),
          word("smtp_password_file", ACTS, path()).means("File with the password of smtp_user"),
          word("notification_email", ACTS)
              .lines(many(text("address")))
              .means("Recipients of alert mails; empty list disables mail"),
          word("smtp_leave_out", ACTS, many(oneOf("flapping", "drained")))
              .many()
              .means("What not to mail: the ups and downs of what flaps, and of what is drained"),
          word("smtp_group_wait", ACTS, Ages.param())
              .means("For how long alerts are gathered and then sent in one mail; 0 for none"),
          word("smtp_alert", ACTS, bool()).means("Default of every smtp_alert"),
          word("smtp_alert_vrrp", ACTS, bool())
              .means("Default of smtp_alert for VRRP instances and sync groups"),
          word("smtp_alert_checker", ACTS, bool())
              .means("Default of smtp_alert for virtual and real servers"),
          word("no_email_faults", ACTS).means("Never mail on transition to FAULT"),
          fifo("notify_fifo").means("FIFO receiving VRRP and LVS events"),
          script("notify_fifo_script", ACTS).means("Helper started to read notify_fifo"),
          fifo("vrrp_notify_fifo").means("FIFO receiving VRRP events only"),
          script("vrrp_notify_fifo_script", ACTS).means("Helper started to read vrrp_notify_fifo"),
          fifo("lvs_notify_fifo").means("FIFO receiving virtual and real server events only"),
          script("lvs_notify_fifo_script", ACTS).means("Helper started to read lvs_notify_fifo"),
          word("vrrp_notify_priority_changes", ACTS, bool())
              .means("Default for instances: write priority changes to the FIFOs"),
          word("fifo_write_vrrp_states_on_reload", ACTS)
              .means("Repeat unchanged states on the FIFOs after a reload"),
          word("no_checker_emails", ACTS, bool())
              .means("Mail only when a real server enters or leaves the pool"));
  private static final Block INSTANCE =
      block(
          "vrrp_instance",
          script("notify_backup", ACTS).means("Run when the instance becomes BACKUP"),
          script("notify_master", ACTS).means("Run when the instance becomes MASTER"),
          script("notify_fault", ACTS).means("Run when the instance becomes FAULT"),
          script("notify_stop", ACTS).means("Run when the daemon stops"),
          word("notify_deleted", ACTS)
              .with(new Arguments.Script("command", false, true))
              .firstWins()
              .means("Report DELETED instead of FAULT when a reload drops the instance"),
          script("notify", ACTS)
              .means("Run at every state change, after the state specific script"),
          script("notify_master_rx_lower_pri", ACTS)
              .means("Run when a master hears a lower priority advert"),
          word("smtp_alert", ACTS, bool()).means("Mail on state changes"),
          word("notify_priority_changes", ACTS, bool())
              .means("Write priority changes to the FIFOs"));
  private static final Block SYNC_GROUP =
      block(
          "vrrp_sync_group",
          script("notify_backup", ACTS).means("Run when the group becomes BACKUP"),
          script("notify_master", ACTS).means("Run when the group becomes MASTER"),
          script("notify_fault", ACTS).means("Run when the group becomes FAULT"),
          script("notify_stop", ACTS).means("Run when the daemon stops"),
          script("notify", ACTS).means("Run at every group state change"),
          word("smtp_alert", ACTS, bool()).means("Mail on state changes"),
          word("notify_priority_changes", ACTS, bool())
              .means("Default for members: write priority changes to the FIFOs"));
  private static final Block VIRTUAL_SERVER =
      block(
          "virtual_server",
          word("smtp_alert", ACTS, bool()).means("Mail on state changes"),
          script("quorum_up", ACTS).means("Run when quorum is gained"),
          script("quorum_down", ACTS).means("Run when quorum is lost"));
  private static final Block REAL_SERVER =
      block(
          "virtual_server/real_server",
          script("notify_up", ACTS).means("Run when the backend comes up"),
          script("notify_down", ACTS).means("Run when the backend goes down"),
          word("smtp_alert", ACTS, bool()).means("Mail on state changes"));

  private NotifierWords() {}

  /** All of them, by block. */
  public static List<Block> blocks() {
    List<Block> blocks =
        new ArrayList<>(List.of(GLOBAL, INSTANCE, SYNC_GROUP, VIRTUAL_SERVER, REAL_SERVER));
    blocks.addAll(DeliveryWords.blocks());
    return blocks;
  }

  private static Keyword fifo(String word) {
    return word(word, ACTS, path(), optional(text("user")), optional(text("group"))).firstWins();
  }
}
