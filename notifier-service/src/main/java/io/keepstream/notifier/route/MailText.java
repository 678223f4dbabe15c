package io.keepstream.notifier.route;

import io.keepstream.contract.event.VrrpState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An event as an alert mail.
 *
 * @param eventId the event's id
 * @param about the event's subject
 * @param state of the instance or group it tells; empty for servers. The same state of one of them
 *     is not mailed twice in a row.
 * @param at when it happened
 * @param subject the mail's subject line
 * @param body plain text
 */
public record MailText(
    String eventId,
    String about,
    Optional<VrrpState> state,
    Instant at,
    String subject,
    String body) {

  /** One mail of several, in the order in which they happened; of one, itself. */
  public static MailText together(List<MailText> several) {
    List<MailText> alerts = several.stream().sorted(Comparator.comparing(MailText::at)).toList();
    MailText first = alerts.getFirst();
    if (alerts.size() == 1) {
      return first;
    }
    return new MailText(
        alerts.stream().map(MailText::eventId).collect(Collectors.joining(" ")),
        first.about(),
        Optional.empty(),
        alerts.getLast().at(),
        "%s (and %d more)".formatted(first.subject(), alerts.size() - 1),
        alerts.stream()
            .map(alert -> "%s\n%s".formatted(alert.subject(), alert.body()))
            .collect(Collectors.joining("\n\n")));
  }
}
