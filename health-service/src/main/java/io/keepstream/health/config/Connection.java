package io.keepstream.health.config;

import io.keepstream.contract.value.AddressText;
import java.net.InetAddress;

/**
 * Where a check goes, and from where.
 *
 * @param address where to
 * @param port where to; 0 where the protocol has none
 * @param bindAddress local address; null leaves it to the kernel
 * @param bindPort local port; 0 leaves it to the kernel
 * @param bindInterface interface to go through; null leaves it to the routes
 * @param firewallMark of the packets; 0 for none
 */
public record Connection(
    InetAddress address,
    int port,
    InetAddress bindAddress,
    int bindPort,
    String bindInterface,
    long firewallMark) {
  /** Address and port, for people. */
  public String text() {
    return "[" + AddressText.of(address) + "]:" + port;
  }
}
