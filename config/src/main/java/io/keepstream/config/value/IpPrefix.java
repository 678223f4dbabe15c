package io.keepstream.config.value;

import java.net.InetAddress;

/**
 * An address with a prefix length.
 *
 * @param address the address as written, host bits included
 * @param length 0..32 or 0..128
 * @param given whether the length was written; otherwise it is the full length
 */
public record IpPrefix(InetAddress address, int length, boolean given) {
  /** Whether all bits behind the prefix are zero. */
  public boolean isNetwork() {
    byte[] bytes = address.getAddress();
    for (int bit = length; bit < bytes.length * 8; bit++) {
      if ((bytes[bit / 8] & (0x80 >> (bit % 8))) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + length;
  }
}
