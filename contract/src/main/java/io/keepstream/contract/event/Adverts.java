package io.keepstream.contract.event;

/** Says how many adverts a line is about; the time they took is of interest for more than one. */
final class Adverts {
  private Adverts() {}

  /** As in {@code 1 advert} and {@code 12 adverts in 60000 ms}. */
  static String counted(long packets, long windowMillis) {
    return packets == 1 ? "1 advert" : "%d adverts in %d ms".formatted(packets, windowMillis);
  }

  /** As in {@code 1 advert from A} and {@code 12 adverts in 60000 ms, last from A}. */
  static String from(String sender, long packets, long windowMillis) {
    return counted(packets, windowMillis) + (packets == 1 ? " from " : ", last from ") + sender;
  }
}
