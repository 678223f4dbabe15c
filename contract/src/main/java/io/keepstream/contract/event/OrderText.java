package io.keepstream.contract.event;

/** Parts of what is told of an operator's order. */
final class OrderText {
  private OrderText() {}

  static String because(String reason) {
    return reason == null ? "" : ": " + reason;
  }

  /** When a drained real server leaves the table. */
  static String end(boolean untilEmpty, Long maxMillis) {
    String max = maxMillis == null ? "" : "out after %d ms at the latest".formatted(maxMillis);
    if (!untilEmpty) {
      return maxMillis == null ? "until told otherwise" : max;
    }
    return "out when empty" + (maxMillis == null ? "" : ", " + max);
  }
}
