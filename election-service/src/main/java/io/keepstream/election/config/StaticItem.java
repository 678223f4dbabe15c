package io.keepstream.election.config;

import java.util.Set;

/**
 * Something that is in the kernel's tables from start to stop, whoever is MASTER.
 *
 * @param item what it is
 * @param faulted names of the instances that cannot take part while it is missing ({@code
 *     track_group})
 */
public record StaticItem(KernelItem item, Set<String> faulted) {
  public StaticItem {
    faulted = Set.copyOf(faulted);
  }
}
