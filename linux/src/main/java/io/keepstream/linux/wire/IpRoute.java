package io.keepstream.linux.wire;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A route as it is wanted or as the kernel tells it.
 *
 * @param key which route it is
 * @param type {@code RTN_} number, what becomes of the packets
 * @param scope {@code RT_SCOPE_} number; IPv6 knows only the universe
 * @param protocol who has set it, {@code RTPROT_} number
 * @param preferredSource the source of packets whose sender has not chosen one
 * @param hops where packets go next: none for a type such as blackhole, several share the traffic
 * @param metrics values by {@code RTAX_} number
 */
public record IpRoute(
    Key key,
    int type,
    int scope,
    int protocol,
    Optional<InetAddress> preferredSource,
    List<Hop> hops,
    SortedMap<Integer, Long> metrics) {

  /** What the kernel takes when an IPv6 route says no metric. */
  private static final long DEFAULT_IPV6_METRIC = 1024;

  /** Where a new route goes among those of the same key. */
  public enum Placing {
    /** Before them. */
    FIRST,
    /** Behind them. */
    LAST,
    /** Nowhere: it is refused if there is any. */
    ALONE
  }

  /**
   * What the kernel looks routes up by.
   *
   * @param source the senders it is for, IPv6 only
   * @param tos type of service it is for, IPv4 only
   * @param table {@code RT_TABLE_} number
   * @param metric the lowest counts; none means 0, for IPv6 1024
   */
  public record Key(
      IpNetwork destination, Optional<IpNetwork> source, int tos, long table, long metric) {
    public Key {
      metric = metric == 0 && destination.ipv6() ? DEFAULT_IPV6_METRIC : metric;
    }
  }

  /**
   * The next router, or the link itself.
   *
   * @param gateway of either family; empty when the destination is on the link
   * @param interfaceIndex 0 to let the kernel find it
   * @param weight share of the traffic, 1 to 256
   * @param onlink whether the gateway is taken to be on the link
   */
  public record Hop(
      Optional<InetAddress> gateway, int interfaceIndex, int weight, boolean onlink) {}

  public IpRoute {
    hops = List.copyOf(hops);
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }

  /** Whether {@code actual} does all that this wanted route asks for. */
  public boolean isProvidedBy(IpRoute actual) {
    return key.equals(actual.key)
        && type == actual.type
        && protocol == actual.protocol
        && (preferredSource.isEmpty() || preferredSource.equals(actual.preferredSource))
        && actual.metrics.entrySet().containsAll(metrics.entrySet())
        && hopsAre(actual.hops);
  }

  private boolean hopsAre(List<Hop> actual) {
    if (hops.isEmpty()) {
      return true;
    }
    for (Hop hop : hops) {
      if (!isAmong(actual, hop)) {
        return false;
      }
    }
    return hops.size() == actual.size();
  }

  private static boolean isAmong(List<Hop> actual, Hop wanted) {
    for (Hop each : actual) {
      if (is(wanted, each)) {
        return true;
      }
    }
    return false;
  }

  private static boolean is(Hop wanted, Hop actual) {
    return wanted.gateway.equals(actual.gateway)
        && wanted.weight == actual.weight
        && (wanted.interfaceIndex == 0 || wanted.interfaceIndex == actual.interfaceIndex);
  }
}
