package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Statement;
import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.IpPrefix;
import io.keepstream.config.value.Numbers;
import io.keepstream.linux.wire.RtNetlink;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A line of {@code virtual_ipaddress}: {@code addr[/len] [dev X] [label Y] [scope Z] [brd IP|+|-]
 * [peer IP] [-nodad] [home] [mngtmpaddr] [noprefixroute] [autojoin] [no_track] [preferred_lft
 * N|forever]}.
 */
final class AddressReader {
  private static final Map<String, Integer> FLAGS =
      Map.of(
          "home",
          RtNetlink.IFA_F_HOMEADDRESS,
          "mngtmpaddr",
          RtNetlink.IFA_F_MANAGETEMPADDR,
          "autojoin",
          RtNetlink.IFA_F_MCAUTOJOIN);

  private AddressReader() {}

  /** Reads a line; empty, with an error, when it is no address. */
  static Optional<VirtualAddress> read(
      Statement line, String networkInterface, Consumer<Diagnostic> problems) {
    Optional<IpPrefix> prefix = Addresses.lenientPrefix(line.keyword().text());
    if (prefix.isEmpty()) {
      problems.accept(
          Diagnostic.error(
              line.position(), "\"%s\" is not an IP address".formatted(line.keyword().text())));
      return Optional.empty();
    }
    InetAddress address = prefix.get().address();
    boolean ipv6 = address instanceof Inet6Address;
    boolean wholeAddress = prefix.get().length() == Addresses.bits(address);
    return Optional.of(
        new VirtualAddress(
            address,
            prefix.get().length(),
            Words.option(line, "dev").orElse(networkInterface),
            Words.option(line, "label").orElse(null),
            Words.option(line, "scope").map(AddressReader::scope).orElse(0),
            broadcast(line, prefix.get()),
            Words.option(line, "peer").flatMap(Addresses::ip).orElse(null),
            Words.hasOption(line, "noprefixroute"),
            Words.hasOption(line, "-nodad"),
            Words.option(line, "preferred_lft")
                .map(AddressReader::lifetime)
                .orElse(ipv6 && wholeAddress ? 0 : VirtualAddress.FOREVER),
            flags(line),
            !Words.hasOption(line, "no_track"),
            VirtualAddress.FOREVER));
  }

  private static int flags(Statement line) {
    return FLAGS.entrySet().stream()
        .filter(flag -> Words.hasOption(line, flag.getKey()))
        .mapToInt(Map.Entry::getValue)
        .reduce(0, (all, flag) -> all | flag);
  }

  private static int scope(String text) {
    return (int) IprouteNames.SCOPE.number(text).orElse(0);
  }

  private static long lifetime(String text) {
    return Numbers.integer(text).orElse(VirtualAddress.FOREVER);
  }

  private static InetAddress broadcast(Statement line, IpPrefix prefix) {
    return Words.option(line, "brd")
        .or(() -> Words.option(line, "broadcast"))
        .map(text -> broadcast(text, prefix))
        .orElse(null);
  }

  /** {@code +} sets all host bits, {@code -} clears them. */
  private static InetAddress broadcast(String text, IpPrefix prefix) {
    if (!text.equals("+") && !text.equals("-")) {
      return Addresses.ip(text).orElse(null);
    }
    byte[] bytes = prefix.address().getAddress();
    for (int bit = prefix.length(); bit < bytes.length * Byte.SIZE; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      int at = bit / Byte.SIZE;
      bytes[at] = (byte) (text.equals("+") ? bytes[at] | mask : bytes[at] & ~mask);
    }
    return Addresses.ofBytes(bytes);
  }
}
