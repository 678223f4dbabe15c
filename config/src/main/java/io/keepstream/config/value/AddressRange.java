package io.keepstream.config.value;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Neighbouring addresses as a virtual server group writes them: one address, {@code 10.0.0.1-10}
 * (last octet, decimal), {@code 2001:db8::1-a} (last group, hexadecimal), {@code start-end}, or
 * {@code network/length} with the network and broadcast addresses included.
 *
 * @param first lowest address
 * @param last highest address, not below the first
 */
public record AddressRange(InetAddress first, InetAddress last) {
  /** Reads one of the four forms. */
  public static Optional<AddressRange> read(String text) {
    int dash = text.indexOf('-');
    if (dash >= 0) {
      return Addresses.ip(text.substring(0, dash))
          .flatMap(first -> to(first, text.substring(dash + 1)));
    }
    return Addresses.prefix(text)
        .filter(prefix -> !prefix.given() || (prefix.length() > 0 && prefix.isNetwork()))
        .map(prefix -> new AddressRange(prefix.address(), highest(prefix)));
  }

  /** How many addresses there are. */
  public BigInteger size() {
    return number(last).subtract(number(first)).add(BigInteger.ONE);
  }

  /** Whether {@code address} is one of them. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == first.getAddress().length
        && Arrays.compareUnsigned(first.getAddress(), bytes) <= 0
        && Arrays.compareUnsigned(bytes, last.getAddress()) <= 0;
  }

  /**
   * The addresses in order.
   *
   * @throws ArithmeticException when they are more than a list can hold
   */
  public List<InetAddress> addresses() {
    int count = size().intValueExact();
    List<InetAddress> addresses = new ArrayList<>(count);
    byte[] bytes = first.getAddress();
    for (int i = 0; i < count; i++) {
      addresses.add(Addresses.ofBytes(bytes));
      increment(bytes);
    }
    return addresses;
  }

  private static Optional<AddressRange> to(InetAddress first, String end) {
    Optional<InetAddress> full = Addresses.ip(end);
    if (full.isPresent()) {
      return full.filter(last -> Addresses.bits(last) == Addresses.bits(first))
          .filter(last -> number(last).compareTo(number(first)) >= 0)
          .map(last -> new AddressRange(first, last));
    }
    boolean v4 = Addresses.bits(first) == 32;
    OptionalLong tail = v4 ? Numbers.integer(end) : Numbers.integerAnyBase("0x" + end);
    if (tail.isEmpty() || tail.getAsLong() < 0 || tail.getAsLong() > (v4 ? 0xff : 0xffff)) {
      return Optional.empty();
    }
    byte[] bytes = first.getAddress();
    bytes[bytes.length - 1] = (byte) tail.getAsLong();
    if (!v4) {
      bytes[bytes.length - 2] = (byte) (tail.getAsLong() >> 8);
    }
    InetAddress last = Addresses.ofBytes(bytes);
    return Optional.of(new AddressRange(first, last))
        .filter(range -> number(last).compareTo(number(first)) > 0);
  }

  private static InetAddress highest(IpPrefix prefix) {
    byte[] bytes = prefix.address().getAddress();
    for (int bit = prefix.length(); bit < bytes.length * 8; bit++) {
      bytes[bit / 8] |= (byte) (0x80 >> (bit % 8));
    }
    return Addresses.ofBytes(bytes);
  }

  private static void increment(byte[] bytes) {
    for (int i = bytes.length - 1; i >= 0 && ++bytes[i] == 0; i--) {
      // the carry went on to the next octet
    }
  }

  private static BigInteger number(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }

  @Override
  public String toString() {
    return first.equals(last)
        ? first.getHostAddress()
        : first.getHostAddress() + "-" + last.getHostAddress();
  }
}
