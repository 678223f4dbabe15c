package io.keepstream.contract;

/** Event bus addresses. Messages are {@link Envelope} and {@code Snapshot} records. */
public final class Bus {
  /** Every transition of every service, published. */
  public static final String EVENTS = "keepstream.events";

  /** Every service's periodic snapshot, published. */
  public static final String SNAPSHOTS = "keepstream.snapshots";

  private Bus() {}

  /** The address at which {@code service} answers a request (any body) with its snapshot. */
  public static String snapshotOf(Service service) {
    return "keepstream.snapshot." + service.label();
  }
}
