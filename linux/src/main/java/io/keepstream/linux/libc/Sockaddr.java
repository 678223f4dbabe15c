package io.keepstream.linux.libc;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.IpAddresses;
import io.keepstream.linux.wire.MacAddress;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/** Writes socket addresses, each at the beginning of a segment, and returns their length. */
public final class Sockaddr {
  public static final int SOCKADDR_IN_LENGTH = 16;
  public static final int SOCKADDR_IN6_LENGTH = 28;
  public static final int SOCKADDR_LL_LENGTH = 20;
  public static final int SOCKADDR_NL_LENGTH = 12;
  public static final int SOCKADDR_UN_LENGTH = 110;

  /** The most that a path or an abstract name may have. */
  public static final int MOST_PATH_BYTES = SOCKADDR_UN_LENGTH - Short.BYTES - 1;

  /** Room for any address this class writes. */
  public static final int MAX_LENGTH = 112;

  /** Where {@code sin_addr} and {@code sin6_addr} begin. */
  public static final int SIN_ADDR = 4;

  public static final int SIN6_ADDR = 8;
  public static final int SIN6_SCOPE_ID = 24;

  /** Where {@code nl_pid} begins. */
  public static final int NL_PID = 4;

  private Sockaddr() {}

  /**
   * A sockaddr_in or sockaddr_in6.
   *
   * @param port 0 for raw sockets and for "any"
   * @param scopeId interface index of a link-local or multicast IPv6 address, else 0; ignored for
   *     IPv4
   */
  public static int inet(MemorySegment addr, InetAddress address, int port, int scopeId) {
    boolean ipv4 = address instanceof Inet4Address;
    int length = ipv4 ? SOCKADDR_IN_LENGTH : SOCKADDR_IN6_LENGTH;
    addr.asSlice(0, length).fill((byte) 0);
    Bytes.putHostU16(addr, 0, ipv4 ? SocketConstants.AF_INET : SocketConstants.AF_INET6);
    Bytes.putNetU16(addr, 2, port);
    IpAddresses.write(address, addr, ipv4 ? SIN_ADDR : SIN6_ADDR);
    if (!ipv4) {
      Bytes.putHostU32(addr, SIN6_SCOPE_ID, scopeId);
    }
    return length;
  }

  /**
   * A sockaddr_ll.
   *
   * @param protocol the frame's Ethernet type, such as 0x0806
   */
  public static int link(MemorySegment addr, int protocol, int ifindex, MacAddress mac) {
    addr.asSlice(0, SOCKADDR_LL_LENGTH).fill((byte) 0);
    Bytes.putHostU16(addr, 0, SocketConstants.AF_PACKET);
    Bytes.putNetU16(addr, 2, protocol);
    Bytes.putHostU32(addr, 4, ifindex);
    Bytes.putU8(addr, 11, MacAddress.LENGTH);
    mac.write(addr, 12);
    return SOCKADDR_LL_LENGTH;
  }

  /** A sockaddr_nl; port 0 is the kernel. */
  public static int netlink(MemorySegment addr, int portId) {
    addr.asSlice(0, SOCKADDR_NL_LENGTH).fill((byte) 0);
    Bytes.putHostU16(addr, 0, SocketConstants.AF_NETLINK);
    Bytes.putHostU32(addr, NL_PID, portId);
    return SOCKADDR_NL_LENGTH;
  }

  /**
   * A sockaddr_un.
   *
   * @throws IllegalArgumentException if the path has more than 107 bytes
   */
  public static int unix(MemorySegment addr, String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MOST_PATH_BYTES) {
      throw new IllegalArgumentException("socket path longer than 107 bytes: " + path);
    }
    addr.asSlice(0, SOCKADDR_UN_LENGTH).fill((byte) 0);
    Bytes.putHostU16(addr, 0, SocketConstants.AF_UNIX);
    MemorySegment.copy(bytes, 0, addr, JAVA_BYTE, Short.BYTES, bytes.length);
    return SOCKADDR_UN_LENGTH;
  }

  /**
   * A sockaddr_un of the abstract namespace.
   *
   * @throws IllegalArgumentException if the name has more than 107 bytes
   */
  public static int abstractUnix(MemorySegment addr, String name) {
    unix(addr, '\0' + name);
    return Short.BYTES + 1 + name.getBytes(StandardCharsets.UTF_8).length;
  }
}
