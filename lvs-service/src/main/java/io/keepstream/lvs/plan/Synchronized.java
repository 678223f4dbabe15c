package io.keepstream.lvs.plan;

import io.keepstream.lvs.ipvs.ServiceTable;

/**
 * One attempt to make the kernel's table what it should be.
 *
 * @param desired what it should be
 * @param actual what it was before, as read or as it was thought to be
 * @param read whether {@code actual} was read from the kernel
 * @param outcome what became of the difference
 */
public record Synchronized(
    DesiredTable desired, ServiceTable actual, boolean read, Outcome outcome) {}
