package io.keepstream.config.value;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Literal addresses of all kinds; nothing is ever looked up. */
public final class Addresses {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
  private static final Pattern LEADING_ZERO = Pattern.compile("(^|\\.)0\\d");
  private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){4,5}");
  private static final Pattern HEX = Pattern.compile("([0-9a-fA-F]{2})+");

  private Addresses() {}

  /** An IPv4 or IPv6 literal; a colon anywhere makes it IPv6. No zone, no brackets. */
  public static Optional<InetAddress> ip(String text) {
    boolean v6 = text.indexOf(':') >= 0;
    if (!(v6 ? IPV6 : IPV4).matcher(text).matches() || (!v6 && LEADING_ZERO.matcher(text).find())) {
      return Optional.empty();
    }
    try {
      InetAddress address = v6 ? Inet6Address.ofLiteral(text) : Inet4Address.ofLiteral(text);
      return Optional.of(address).filter(a -> a instanceof Inet6Address == v6);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** {@code address[/length]}; a length out of range or unreadable makes it none. */
  public static Optional<IpPrefix> prefix(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return ip(text).map(address -> new IpPrefix(address, bits(address), false));
    }
    OptionalLong length = Numbers.integer(text.substring(slash + 1));
    return ip(text.substring(0, slash))
        .filter(
            address ->
                length.isPresent()
                    && length.getAsLong() >= 0
                    && length.getAsLong() <= bits(address))
        .map(address -> new IpPrefix(address, (int) length.getAsLong(), true));
  }

  /** Like {@link #prefix}, but a bad length reads as the full length, as keepalived does. */
  public static Optional<IpPrefix> lenientPrefix(String text) {
    return prefix(text)
        .or(
            () -> {
              int slash = text.indexOf('/');
              return slash < 0 ? Optional.empty() : prefix(text.substring(0, slash));
            });
  }

  /** How many bits an address of this family has. */
  public static int bits(InetAddress address) {
    return address instanceof Inet4Address ? 32 : 128;
  }

  /** Five or six octets divided by colons. */
  public static Optional<byte[]> mac(String text) {
    if (!MAC.matcher(text).matches()) {
      return Optional.empty();
    }
    String[] octets = text.split(":", -1);
    byte[] mac = new byte[octets.length];
    for (int i = 0; i < mac.length; i++) {
      mac[i] = (byte) Integer.parseInt(octets[i], 16);
    }
    return Optional.of(mac);
  }

  /** Pairs of hexadecimal digits. */
  public static Optional<byte[]> hex(String text) {
    return HEX.matcher(text).matches()
        ? Optional.of(HexFormat.of().parseHex(text))
        : Optional.empty();
  }

  /** An address from its bytes, which are 4 or 16. */
  public static InetAddress ofBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, e);
    }
  }
}
