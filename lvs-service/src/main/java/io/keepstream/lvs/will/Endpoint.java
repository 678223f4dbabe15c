package io.keepstream.lvs.will;

import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.Numbers;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as people write it.
 *
 * @param port empty for any
 */
record Endpoint(InetAddress address, OptionalInt port) {
  private static final Pattern BRACKETED = Pattern.compile("\\[([^]]*)](?::(\\d{1,5}))?");
  private static final Pattern PLAIN = Pattern.compile("([0-9.]+):(\\d{1,5})");
  private static final int MOST_PORT = 65_535;

  /** Reads {@code 10.0.0.1}, {@code 10.0.0.1:80}, {@code fd00::1} or {@code [fd00::1]:80}. */
  static Optional<Endpoint> parse(String text) {
    for (Pattern form : new Pattern[] {BRACKETED, PLAIN}) {
      Matcher parts = form.matcher(text);
      if (parts.matches()) {
        return of(parts.group(1), parts.group(2));
      }
    }
    return of(text, null);
  }

  private static Optional<Endpoint> of(String address, String port) {
    Optional<InetAddress> literal = Addresses.ip(address);
    if (port == null) {
      return literal.map(ip -> new Endpoint(ip, OptionalInt.empty()));
    }
    OptionalLong number = Numbers.integer(port);
    return literal
        .filter(_ -> number.isPresent() && number.getAsLong() <= MOST_PORT)
        .map(ip -> new Endpoint(ip, OptionalInt.of((int) number.getAsLong())));
  }

  boolean matches(InetAddress other, int otherPort) {
    return address.equals(other) && (port.isEmpty() || port.getAsInt() == otherPort);
  }
}
