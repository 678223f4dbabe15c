package io.keepstream.contract.value;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Addresses as text, IPv6 in the short form of RFC 5952 that other tools print. */
public final class AddressText {
  private static final int IPV6_BYTES = 16;
  private static final Pattern ZERO_GROUPS = Pattern.compile("(?:^|:)0(?::0)+(?=:|$)");

  private AddressText() {}

  /** The address alone, as in {@code 10.0.0.1} or {@code fd00::1}. */
  public static String of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == IPV6_BYTES ? compressed(groups(bytes)) : address.getHostAddress();
  }

  /** Address and port, as in {@code 10.0.0.1:80} or {@code [fd00::1]:80}. */
  public static String withPort(InetAddress address, int port) {
    String text = of(address);
    return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + port;
  }

  private static String groups(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length; i += 2) {
      int group = (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff);
      text.append(i == 0 ? "" : ":").append(Integer.toHexString(group));
    }
    return text.toString();
  }

  /** Replaces the longest run of zero groups, the first of several. */
  private static String compressed(String groups) {
    return ZERO_GROUPS
        .matcher(groups)
        .results()
        .max(Comparator.comparingLong(AddressText::zeros))
        .map(run -> groups.substring(0, run.start()) + "::" + groups.substring(run.end()))
        .map(text -> text.replace(":::", "::"))
        .orElse(groups);
  }

  private static long zeros(MatchResult run) {
    return run.group().chars().filter(c -> c == '0').count();
  }
}
