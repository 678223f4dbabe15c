package io.keepstream.linux.wire;

import java.util.Optional;

/**
 * A policy rule as it is wanted or as the kernel tells it: which packets are routed how.
 *
 * @param ipv6 its family
 * @param priority the lowest is asked first
 * @param selector which packets
 * @param action what is done
 * @param protocol who has set it, {@code RTPROT_} number
 */
public record IpRule(boolean ipv6, long priority, Selector selector, Action action, int protocol) {

  /**
   * Which packets a rule is for; what is empty, {@code ""} or 0 does not matter.
   *
   * @param inverted whether it is for all others
   * @param inputInterface name of the interface they came by
   * @param outputInterface name of the interface their socket is bound to
   * @param tos type of service
   * @param tunnel key of the tunnel they came through
   */
  public record Selector(
      boolean inverted,
      Optional<IpNetwork> from,
      Optional<IpNetwork> to,
      String inputInterface,
      String outputInterface,
      int tos,
      Optional<Mark> mark,
      Transport transport,
      long tunnel) {
    /** One for packets of whatever tunnel. */
    public Selector(
        boolean inverted,
        Optional<IpNetwork> from,
        Optional<IpNetwork> to,
        String inputInterface,
        String outputInterface,
        int tos,
        Optional<Mark> mark,
        Transport transport) {
      this(inverted, from, to, inputInterface, outputInterface, tos, mark, transport, 0);
    }

    public Selector {
      from = from.filter(network -> network.length() > 0);
      to = to.filter(network -> network.length() > 0);
    }
  }

  /**
   * What is above IP.
   *
   * @param protocol {@code IPPROTO_} number
   * @param users owners of the sending socket
   */
  public record Transport(
      int protocol,
      Optional<Range> sourcePorts,
      Optional<Range> destinationPorts,
      Optional<Range> users) {
    public static final Transport ANY =
        new Transport(0, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Numbers of 32 bits from first to last. */
  public record Range(long first, long last) {}

  /** A firewall mark and the bits of it that count. */
  public record Mark(long value, long mask) {
    /** All bits count. */
    public static final long WHOLE = 0xFFFF_FFFFL;
  }

  /**
   * What is done with the packets.
   *
   * @param type {@code FR_ACT_} number
   * @param table the routing table that is asked, 0 for none
   * @param target the rule that goes on, for FR_ACT_GOTO
   * @param suppressedPrefixLength what the table finds with this or a shorter prefix length does
   *     not count; {@link #NOTHING_SUPPRESSED} for none
   * @param suppressedGroup what the table finds through an interface of this group does not count;
   *     {@link #NOTHING_SUPPRESSED} for none
   * @param vrf whether the table of the VRF that the packet belongs to is asked
   * @param realms routing realms of source and destination, 16 bits each; 0 for none
   */
  public record Action(
      int type,
      long table,
      long target,
      int suppressedPrefixLength,
      int suppressedGroup,
      boolean vrf,
      long realms) {
    public static final int NOTHING_SUPPRESSED = -1;

    /** One without groups, VRF and realms. */
    public Action(int type, long table, long target, int suppressedPrefixLength) {
      this(type, table, target, suppressedPrefixLength, NOTHING_SUPPRESSED, false, 0);
    }
  }
}
