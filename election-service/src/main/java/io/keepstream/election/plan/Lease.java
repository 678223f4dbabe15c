package io.keepstream.election.plan;

import io.keepstream.election.config.VirtualAddress;
import java.util.concurrent.TimeUnit;

/** The times of an address that the kernel removes by itself unless it is told again. */
final class Lease {
  /** So that two renewals may be lost, and a late one still comes in time. */
  private static final int RENEWALS = 3;

  private Lease() {}

  static long renewalNanos(VirtualAddress address) {
    return TimeUnit.SECONDS.toNanos(address.leaseSeconds()) / RENEWALS;
  }
}
