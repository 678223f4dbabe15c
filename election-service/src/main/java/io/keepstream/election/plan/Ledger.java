package io.keepstream.election.plan;

import io.keepstream.election.config.KernelItem;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Who wants what in the kernel's tables.
 *
 * @param <H> those who want
 */
public final class Ledger<H> {
  private final Map<Object, Holding<H>> holdings = new LinkedHashMap<>();

  /**
   * What {@code holder} has to do about an entry it wants from now on.
   *
   * @param holding the entry
   * @param before the same entry with other settings, which must be changed; else null
   * @param joined whether {@code holder} had not wanted it before
   */
  public record Wanted<H>(Holding<H> holding, KernelItem before, boolean joined) {}

  /** Notes that {@code holder} wants {@code item}, with these settings if there were others. */
  public Wanted<H> want(H holder, KernelItem item) {
    Holding<H> holding = holdings.computeIfAbsent(item.identity(), any -> new Holding<>(item));
    KernelItem before = holding.item();
    boolean joined = holding.holders().add(holder);
    holding.item(item);
    return new Wanted<>(holding, Objects.equals(before, item) ? null : before, joined);
  }

  /**
   * Notes that {@code holder} wants to keep those entries that are wanted by others now, until it
   * drops them.
   */
  public void keep(H holder, Collection<? extends KernelItem> items) {
    for (KernelItem each : items) {
      Holding<H> holding = holdings.get(each.identity());
      if (holding != null) {
        holding.holders().add(holder);
      }
    }
  }

  /** Notes that {@code holder} lets go; the entry if nobody wants it any more, else null. */
  public Holding<H> drop(H holder, KernelItem item) {
    Holding<H> holding = holdings.get(item.identity());
    if (holding == null || !holding.holders().remove(holder) || !holding.holders().isEmpty()) {
      return null;
    }
    holdings.remove(item.identity());
    return holding;
  }

  /** Whether anybody wants it. */
  public boolean isWanted(KernelItem item) {
    return holdings.containsKey(item.identity());
  }

  /** The entry that is wanted, or null. */
  public Holding<H> holding(KernelItem item) {
    return holdings.get(item.identity());
  }

  /** All that is wanted, in the order in which it was. */
  public Collection<Holding<H>> holdings() {
    return holdings.values();
  }
}
