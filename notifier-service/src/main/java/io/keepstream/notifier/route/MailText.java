package io.keepstream.notifier.route;

import io.keepstream.contract.event.VrrpState;
import java.time.Instant;
import java.util.Optional;

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
    String body) {}
