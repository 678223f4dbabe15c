package io.keepstream.lvs.plan;

import io.keepstream.lvs.ipvs.Load;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt to make the kernel's table what it should be.
 *
 * @param desired what it should be
 * @param actual what it was before, as read or as it was thought to be
 * @param loads of its services if it was read from the kernel
 * @param outcome what became of the difference
 */
public record Synchronized(
    DesiredTable desired,
    ServiceTable actual,
    Optional<Map<ServiceKey, Load>> loads,
    Outcome outcome) {}
