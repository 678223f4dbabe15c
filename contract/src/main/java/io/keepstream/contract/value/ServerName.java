package io.keepstream.contract.value;

import java.net.InetAddress;
import java.util.Locale;

/** How virtual and real servers are named in events, FIFO lines and mails, as keepalived does. */
public final class ServerName {
  private ServerName() {}

  /**
   * A server with an address, as in {@code [172.32.10.18]:tcp:80}.
   *
   * @param address a literal without brackets
   * @param protocol {@code TCP}, {@code UDP}, {@code SCTP} or {@code NONE}, in any case
   * @param port 0 where the service has none
   */
  public static String of(String address, String protocol, int port) {
    return "[" + address + "]:" + protocol.toLowerCase(Locale.ROOT) + ":" + port;
  }

  /** As {@link #of(String, String, int)} for an address that is not text yet. */
  public static String of(InetAddress address, String protocol, int port) {
    return of(AddressText.of(address), protocol, port);
  }

  /** A virtual server of a group: the {@code index}-th virtual server that uses it, from 0. */
  public static String ofGroup(String group, int index) {
    return "[" + group + "]:" + index;
  }

  /** A virtual server selected by firewall mark. */
  public static String ofFirewallMark(long mark) {
    return "FWM " + mark;
  }
}
