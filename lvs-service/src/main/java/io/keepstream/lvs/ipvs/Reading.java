package io.keepstream.lvs.ipvs;

import java.util.Map;

/**
 * What was read of the kernel at one time.
 *
 * @param loads by service; what the table has and they have not was not counted
 */
public record Reading(ServiceTable table, Map<ServiceKey, Load> loads) {
  public Reading {
    loads = Map.copyOf(loads);
  }
}
