package io.keepstream.election.plan;

import io.keepstream.election.config.KernelItem;
import io.keepstream.election.config.VirtualAddress;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * One entry that is wanted, and how it fares.
 *
 * @param <H> those who want it
 */
public final class Holding<H> {
  private static final long NEVER = Long.MAX_VALUE;

  private final SequencedSet<H> holders = new LinkedHashSet<>();
  private final Pace pace = new Pace();
  private KernelItem item;
  private boolean inForce;
  private String failure = "";
  private long renewalNanos = NEVER;

  Holding(KernelItem item) {
    this.item = item;
  }

  public KernelItem item() {
    return item;
  }

  void item(KernelItem next) {
    item = next;
  }

  SequencedSet<H> holders() {
    return holders;
  }

  /** Who has wanted it first of those who still do. */
  public H holder() {
    return holders.getFirst();
  }

  /** Whether it was there when last looked at; if it is not now, somebody has removed it. */
  public boolean inForce() {
    return inForce;
  }

  /** It has been set, or was there. */
  public void settled(long nowNanos) {
    inForce = true;
    failure = "";
    renewed(nowNanos);
  }

  /** The kernel has been told again that we still hold it. */
  public void renewed(long nowNanos) {
    boolean leased =
        item instanceof VirtualAddress address && address.leaseSeconds() != VirtualAddress.FOREVER;
    renewalNanos = leased ? nowNanos + Lease.renewalNanos((VirtualAddress) item) : NEVER;
  }

  /** When the kernel must be told again, {@code Long.MAX_VALUE} for never. */
  public long renewalNanos() {
    return renewalNanos;
  }

  /** It cannot be there, as its interface is not; its absence is nobody's doing. */
  public void impossible() {
    inForce = false;
    renewalNanos = NEVER;
  }

  /** It could not be set; whether that is news. */
  public boolean failed(String why) {
    boolean news = !why.equals(failure);
    inForce = false;
    failure = why;
    renewalNanos = NEVER;
    return news;
  }

  /** Whether it may be set again now. */
  public boolean mayRepair(long nowNanos) {
    return pace.allows(nowNanos);
  }
}
