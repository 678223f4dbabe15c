package io.keepstream.lvs.edge;

import io.keepstream.lvs.ipvs.Load;
import io.keepstream.lvs.ipvs.Reading;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable;
import io.keepstream.lvs.plan.Outcome;
import io.keepstream.lvs.plan.Outcome.Failure;
import io.keepstream.lvs.plan.Reconciler;
import io.keepstream.lvs.plan.TableChange;
import io.keepstream.lvs.port.IpvsTable;
import io.keepstream.lvs.port.IpvsUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A table in memory that can be missing, refuse changes, and be held up. */
final class MemoryTable implements IpvsTable {
  private ServiceTable table = ServiceTable.EMPTY;
  private String unavailable = "";
  private String refused = "";
  private boolean once;
  private boolean surprised;
  private boolean closed;
  private int dumps;
  private CountDownLatch gate = new CountDownLatch(0);
  private Map<ServiceKey, Load> loads = Map.of();
  private final List<List<TableChange>> applied = new ArrayList<>();

  synchronized MemoryTable holding(ServiceTable other) {
    table = other;
    return this;
  }

  synchronized MemoryTable loaded(Map<ServiceKey, Load> others) {
    loads = others;
    return this;
  }

  synchronized MemoryTable unavailable(String why) {
    unavailable = why;
    return this;
  }

  /** Refuses changes whose text contains {@code part}; empty refuses none. */
  synchronized MemoryTable refusing(String part) {
    refused = part;
    return this;
  }

  /** Refuses once every change whose text contains {@code part}. */
  synchronized void refusingOnce(String part) {
    refused = part;
    once = true;
  }

  /** Says once with the next changes that the table was not what it was thought to be. */
  synchronized void surprise() {
    surprised = true;
  }

  /** Holds up the next changes until the latch opens. */
  synchronized CountDownLatch hold() {
    gate = new CountDownLatch(1);
    return gate;
  }

  synchronized ServiceTable table() {
    return table;
  }

  synchronized List<List<TableChange>> applied() {
    return List.copyOf(applied);
  }

  /** How often the table was to be read. */
  synchronized int dumps() {
    return dumps;
  }

  synchronized boolean closed() {
    return closed;
  }

  @Override
  public synchronized Reading dump() throws IpvsUnavailableException {
    dumps++;
    check();
    return new Reading(table, loads);
  }

  @Override
  public Outcome apply(List<TableChange> changes) throws IpvsUnavailableException {
    CountDownLatch entry;
    synchronized (this) {
      entry = gate;
      applied.add(changes);
    }
    try {
      entry.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return applyNow(changes);
  }

  private synchronized Outcome applyNow(List<TableChange> changes) throws IpvsUnavailableException {
    check();
    List<TableChange> done = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (TableChange change : changes) {
      if (!refused.isEmpty() && change.toString().contains(refused)) {
        failures.add(new Failure(change, "EINVAL: Invalid argument"));
      } else {
        done.add(change);
      }
    }
    if (once && !failures.isEmpty()) {
      refused = "";
      once = false;
    }
    table = Reconciler.patched(table, done);
    Outcome outcome = new Outcome(done, failures, surprised);
    surprised = false;
    return outcome;
  }

  private void check() throws IpvsUnavailableException {
    if (!unavailable.isEmpty()) {
      throw new IpvsUnavailableException(unavailable);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
