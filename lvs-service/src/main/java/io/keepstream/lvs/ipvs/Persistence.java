package io.keepstream.lvs.ipvs;

/**
 * How clients stay with their destination, where {@link ServiceFlag#PERSISTENT} is set.
 *
 * @param seconds how long; 0 where it is not set
 * @param netmask which clients count as one: the mask's 32 bits for IPv4, the prefix length for
 *     IPv6
 * @param engine the kernel's name of the persistence engine, or empty
 */
public record Persistence(int seconds, int netmask, String engine) {

  /** None; every client counts by itself. */
  public static Persistence none(Family family) {
    return new Persistence(0, family.hostNetmask(), "");
  }
}
