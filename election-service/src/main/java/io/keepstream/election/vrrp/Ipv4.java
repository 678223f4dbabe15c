package io.keepstream.election.vrrp;

import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.IpAddresses;
import java.lang.foreign.MemorySegment;

/**
 * The IPv4 header around an advertisement. A raw socket delivers packets with it, and we write it
 * ourselves, since that alone lets adverts come from an address of our choice.
 */
public final class Ipv4 {
  /** Length of the header as we send it, without options. */
  public static final int HEADER_BYTES = 20;

  private static final int VERSION_AND_LENGTH = 0x45;

  private Ipv4() {}

  /** The length of the header that {@code packet} begins with, options included. */
  static int headerBytes(MemorySegment packet) {
    return (Bytes.u8(packet, 0) & 0x0F) * Integer.BYTES;
  }

  /**
   * Writes the header; the kernel fills in length, identification and checksum.
   *
   * @param protocol what follows the header
   * @param hopLimit the TTL
   */
  public static void writeHeader(Route route, int protocol, int hopLimit, MemorySegment out) {
    out.asSlice(0, HEADER_BYTES).fill((byte) 0);
    Bytes.putU8(out, 0, VERSION_AND_LENGTH);
    Bytes.putU8(out, 1, Vrrp.TRAFFIC_CLASS);
    Bytes.putU8(out, 8, hopLimit);
    Bytes.putU8(out, 9, protocol);
    IpAddresses.write(route.source(), out, 12);
    IpAddresses.write(route.destination(), out, 16);
  }
}
