package io.keepstream.notifier.delivery;

import io.keepstream.contract.Envelope;
import java.time.Instant;

/**
 * An event that a sink would not take.
 *
 * @param number in the journal
 * @param givenUpAt wall-clock time
 * @param why in words
 * @param envelope the event
 */
public record DeadLetter(long number, Instant givenUpAt, String why, Envelope envelope) {}
