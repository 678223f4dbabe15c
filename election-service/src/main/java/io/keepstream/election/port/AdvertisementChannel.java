package io.keepstream.election.port;

/** Where one virtual router's adverts go. */
public interface AdvertisementChannel {
  /** Sends one advert, to the group or to every unicast peer; failures are counted, not thrown. */
  void send(int priority);
}
