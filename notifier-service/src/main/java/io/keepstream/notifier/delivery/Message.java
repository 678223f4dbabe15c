package io.keepstream.notifier.delivery;

import io.keepstream.contract.Envelope;

/**
 * What a sink is to be told.
 *
 * @param number in the journal
 * @param lane messages of one lane are told in order
 * @param envelope the event
 * @param content what the sink makes of it
 */
public record Message<M>(long number, String lane, Envelope envelope, M content) {}
