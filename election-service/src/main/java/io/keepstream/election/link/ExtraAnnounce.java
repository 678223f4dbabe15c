package io.keepstream.election.link;

/**
 * Regular announcements, one per interface that holds a virtual address and is not the router's
 * own, so that switches there do not forget the MAC address ({@code garp_extra_if}).
 *
 * @param periodNanos how often; 0 for never
 * @param all whether on every such interface; else only on those with a virtual MAC
 */
public record ExtraAnnounce(long periodNanos, boolean all) {
  /** No such announcements. */
  public static final ExtraAnnounce NONE = new ExtraAnnounce(0, false);
}
