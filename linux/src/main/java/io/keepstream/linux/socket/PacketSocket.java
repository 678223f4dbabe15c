package io.keepstream.linux.socket;

import static io.keepstream.linux.libc.SocketConstants.AF_PACKET;
import static io.keepstream.linux.libc.SocketConstants.MSG_DONTWAIT;
import static io.keepstream.linux.libc.SocketConstants.SOCK_RAW;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketSetup;
import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.MacAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Sends and receives whole Ethernet frames, see packet(7). Needs CAP_NET_RAW. */
public final class PacketSocket implements AutoCloseable {
  private static final int ETHER_TYPE = 12;

  private final Libc libc;
  private final Fd fd;
  private final MemorySegment address = Arena.ofAuto().allocate(Sockaddr.SOCKADDR_LL_LENGTH);

  private PacketSocket(Libc libc, Fd fd) {
    this.libc = libc;
    this.fd = fd;
  }

  /** A socket that only sends, through any interface of the calling thread's namespace. */
  public static PacketSocket openSender(Libc libc) throws ErrnoException {
    try (SocketSetup setup = SocketSetup.open(libc, AF_PACKET, SOCK_RAW, 0)) {
      return new PacketSocket(libc, setup.finish());
    }
  }

  /**
   * A socket that also receives the frames of one interface.
   *
   * @param etherType the frames' type, such as 0x0806, or {@code ETH_P_ALL}
   */
  public static PacketSocket openReceiver(Libc libc, int etherType, int interfaceIndex)
      throws ErrnoException {
    try (SocketSetup setup = SocketSetup.open(libc, AF_PACKET, SOCK_RAW, 0)) {
      MemorySegment sockaddr = setup.allocate(Sockaddr.SOCKADDR_LL_LENGTH);
      int length = Sockaddr.link(sockaddr, etherType, interfaceIndex, MacAddress.ZERO);
      setup.bind(sockaddr, length);
      return new PacketSocket(libc, setup.finish());
    }
  }

  public Fd fd() {
    return fd;
  }

  /**
   * Sends the first {@code length} bytes of {@code frame}, which begin with an Ethernet header.
   *
   * @return {@code length} or a negative error number, such as {@code -ENETDOWN} or {@code -ENXIO}
   */
  public int send(int interfaceIndex, MemorySegment frame, int length) {
    int etherType = Bytes.netU16(frame, ETHER_TYPE);
    Sockaddr.link(address, etherType, interfaceIndex, MacAddress.read(frame, 0));
    return (int)
        libc.sendto(fd.number(), frame, length, MSG_DONTWAIT, address, Sockaddr.SOCKADDR_LL_LENGTH);
  }

  /**
   * Reads the next frame into {@code datagram}, whose addresses mean nothing then.
   *
   * @return the frame's length or a negative error number, such as {@code -ENETDOWN} once after the
   *     interface went down
   */
  public int receive(Datagram datagram) {
    int received = datagram.receive(libc, fd);
    if (received >= 0) {
      datagram.receivedBytes(received);
    }
    return received;
  }

  @Override
  public void close() {
    fd.close();
  }
}
