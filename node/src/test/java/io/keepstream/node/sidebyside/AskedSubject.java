package io.keepstream.node.sidebyside;

/** A server that sees each attempt, and so can fail a certain number of them. */
abstract class AskedSubject implements Subject {
  private static final int FOR_GOOD = Integer.MAX_VALUE;

  private Fault fault;
  private int failures;
  private int successes;

  @Override
  public synchronized void become(Fault next) {
    fail(next, FOR_GOOD);
  }

  /** Fails the next attempts, and is all right again after them. */
  synchronized void fail(Fault next, int attempts) {
    fault = next;
    failures = next == null ? 0 : attempts;
    successes = 0;
  }

  /** What happens with the attempt that begins now; null when it is to succeed. */
  final synchronized Fault next() {
    if (failures == 0) {
      successes++;
      return null;
    }
    failures -= failures == FOR_GOOD ? 0 : 1;
    return fault;
  }

  /** Attempts that succeeded since the last failure. */
  final synchronized int successes() {
    return successes;
  }
}
