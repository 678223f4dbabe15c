package io.keepstream.election.vrrp;

import io.keepstream.linux.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;

/** Numbers of the protocol. */
public final class Vrrp {
  /** The IP protocol number. */
  public static final int PROTOCOL = 112;

  /** The IP protocol number of the authentication header, which version 2 may stand behind. */
  public static final int AUTHENTICATION_HEADER = 51;

  /** TTL or hop limit of every multicast advert (RFC 9568 section 5.1.1.3). */
  public static final int HOP_LIMIT = 255;

  /** Internetwork control, as traffic class and TOS. */
  public static final int TRAFFIC_CLASS = 0xC0;

  /** The IPv4 group adverts are sent to. */
  public static final InetAddress GROUP_4 = InetAddress.ofLiteral("224.0.0.18");

  /** The IPv6 group adverts are sent to. */
  public static final InetAddress GROUP_6 = InetAddress.ofLiteral("ff02::12");

  /** The largest packet this implementation sends or reads: 255 IPv6 addresses and headers. */
  public static final int MAX_PACKET_BYTES = 4200;

  /** Length of the authentication header in front of a message. */
  public static final int AUTHENTICATION_HEADER_BYTES = 24;

  private Vrrp() {}

  /** Whether a payload of protocol 51 begins with an authentication header of VRRP. */
  public static boolean isHeaded(MemorySegment payload) {
    return payload.byteSize() >= AUTHENTICATION_HEADER_BYTES
        && Bytes.u8(payload, 0) == PROTOCOL
        && Bytes.u8(payload, 1) == AuthenticationHeader.LENGTH_WORDS;
  }
}
