package io.keepstream.contract.value;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How virtual and real servers are named in events, FIFO lines and mails, as keepalived does. */
public final class ServerName {
  private static final Pattern BY_ADDRESS =
      Pattern.compile("\\[([0-9a-f.:]{2,45})]:([a-z]+):(\\d{1,5})");

  private ServerName() {}

  /** What the name of a server with an address is made of; the protocol is in lower case. */
  public record Parts(InetAddress address, String protocol, int port) {}

  /** The inverse of {@link #of(InetAddress, String, int)}; empty for any other text. */
  public static Optional<Parts> parse(String name) {
    Matcher parts = BY_ADDRESS.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.ofLiteral(parts.group(1));
      return Optional.of(new Parts(address, parts.group(2), Integer.parseInt(parts.group(3))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

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
