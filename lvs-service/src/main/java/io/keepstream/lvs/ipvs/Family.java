package io.keepstream.lvs.ipvs;

import java.net.Inet4Address;
import java.net.InetAddress;

/** An address family. */
public enum Family {
  IPV4(2, 4, 0xFFFF_FFFF),
  IPV6(10, 16, 128);

  private final int code;
  private final int addressBytes;
  private final int hostNetmask;

  Family(int code, int addressBytes, int hostNetmask) {
    this.code = code;
    this.addressBytes = addressBytes;
    this.hostNetmask = hostNetmask;
  }

  /** The family of {@code address}. */
  public static Family of(InetAddress address) {
    return address instanceof Inet4Address ? IPV4 : IPV6;
  }

  /** {@code AF_INET} or {@code AF_INET6}. */
  public int code() {
    return code;
  }

  /** How long an address is. */
  public int addressBytes() {
    return addressBytes;
  }

  /** The {@link VirtualService#netmask()} under which every client counts by itself. */
  public int hostNetmask() {
    return hostNetmask;
  }
}
