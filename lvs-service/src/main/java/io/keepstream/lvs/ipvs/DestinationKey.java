package io.keepstream.lvs.ipvs;

import io.keepstream.contract.value.AddressText;
import java.net.InetAddress;

/**
 * What a destination is known by inside its service.
 *
 * @param port 0 for the port the client asked for
 */
public record DestinationKey(InetAddress address, int port) {
  @Override
  public String toString() {
    return AddressText.withPort(address, port);
  }
}
