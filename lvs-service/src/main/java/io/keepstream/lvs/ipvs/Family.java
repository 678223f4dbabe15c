package io.keepstream.lvs.ipvs;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** An address family. */
public enum Family implements Numbered {
  IPV4(2, 4, 0xFFFF_FFFF),
  IPV6(10, 16, 128);

  private final int number;
  private final int addressBytes;
  private final int hostNetmask;

  Family(int number, int addressBytes, int hostNetmask) {
    this.number = number;
    this.addressBytes = addressBytes;
    this.hostNetmask = hostNetmask;
  }

  /** The family of {@code address}. */
  public static Family of(InetAddress address) {
    return address instanceof Inet4Address ? IPV4 : IPV6;
  }

  /** The address that {@code bytes} begin with; empty if they are too few. */
  public Optional<InetAddress> address(byte[] bytes) {
    if (bytes.length < addressBytes) {
      return Optional.empty();
    }
    byte[] own = Arrays.copyOf(bytes, addressBytes);
    try {
      return Optional.of(
          switch (this) {
            case IPV4 -> InetAddress.getByAddress(own);
            // A mapped address would become IPv4 otherwise.
            case IPV6 -> Inet6Address.getByAddress(null, own, -1);
          });
    } catch (UnknownHostException e) {
      throw new AssertionError("the length is right", e);
    }
  }

  /** {@code AF_INET} or {@code AF_INET6}. */
  @Override
  public int number() {
    return number;
  }

  /** The {@link Persistence#netmask()} under which every client counts by itself. */
  public int hostNetmask() {
    return hostNetmask;
  }
}
