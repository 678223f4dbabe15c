package io.keepstream.election.vrrp;

import java.net.InetAddress;
import java.util.List;

/**
 * An advertisement.
 *
 * @param version 2 or 3
 * @param vrid virtual router id, 1-255
 * @param priority 0-255; 0 says that the sender leaves
 * @param intervalCentis the advertisement interval in hundredths of a second; version 2 carries
 *     whole seconds on the wire
 * @param addresses the virtual addresses, all of the packet's family
 */
public record Advertisement(
    int version, int vrid, int priority, int intervalCentis, List<InetAddress> addresses) {
  public Advertisement {
    addresses = List.copyOf(addresses);
  }
}
