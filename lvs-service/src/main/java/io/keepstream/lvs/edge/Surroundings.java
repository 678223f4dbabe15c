package io.keepstream.lvs.edge;

import io.keepstream.lvs.port.IpvsTable;
import io.keepstream.lvs.port.WillStore;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the service works with.
 *
 * @param table which it closes
 * @param meters where it measures
 * @param will where what operators want outlives the process
 */
public record Surroundings(IpvsTable table, MeterRegistry meters, WillStore will) {}
