package io.keepstream.contract.snapshot;

import io.keepstream.contract.Source;
import java.time.Instant;

/**
 * A service's whole state.
 *
 * @param source whose state
 * @param lastSequence the last event that is already part of this state
 * @param takenAt wall-clock time, for people
 * @param state the state
 */
public record Snapshot(Source source, long lastSequence, Instant takenAt, ServiceState state) {}
