package io.keepstream.node.scenario;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A BFD packet as {@code tcpdump -v -tt} shows it, which is seven lines.
 *
 * @param flags their names, or {@code none}
 */
record BfdSighting(
    long atMicros,
    int hopLimit,
    int sourcePort,
    String state,
    String flags,
    int desiredMinTxMillis) {
  private static final Pattern PACKET =
      Pattern.compile(
          "(?m)^([0-9.]+) IP6? \\(.*?(?:ttl|hlim) (\\d+),.*\\)\\s+\\S+\\.(\\d+) > .*\\n"
              + ".*State (\\w+), Flags: \\[(.*?)\\].*\\n"
              + ".*\\n.*\\n.*Desired min Tx Interval:\\s+(\\d+) ms");

  /** All whole packets among the lines. */
  static List<BfdSighting> all(List<String> lines) {
    List<BfdSighting> packets = new ArrayList<>();
    Matcher matcher = PACKET.matcher(String.join("\n", lines));
    while (matcher.find()) {
      packets.add(
          new BfdSighting(
              new BigDecimal(matcher.group(1)).movePointRight(6).longValue(),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3)),
              matcher.group(4),
              matcher.group(5),
              Integer.parseInt(matcher.group(6))));
    }
    return packets;
  }
}
