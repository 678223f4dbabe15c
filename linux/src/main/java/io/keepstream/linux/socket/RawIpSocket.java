package io.keepstream.linux.socket;

import static io.keepstream.linux.libc.SocketConstants.AF_INET;
import static io.keepstream.linux.libc.SocketConstants.AF_INET6;
import static io.keepstream.linux.libc.SocketConstants.SOCK_RAW;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.libc.SocketSetup;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A raw IPv4 or IPv6 socket of one protocol, see raw(7). Needs CAP_NET_RAW. */
public final class RawIpSocket implements PacketReceiver, AutoCloseable {
  /** The family of a socket and of the addresses it takes. */
  public enum Family {
    IPV4(AF_INET),
    IPV6(AF_INET6);

    private final int domain;

    Family(int domain) {
      this.domain = domain;
    }

    int domain() {
      return domain;
    }
  }

  /** Makes a new socket what it should be; called once, before the socket is used. */
  public interface Options {
    void apply(RawIpSetup setup) throws ErrnoException;
  }

  private final Libc libc;
  private final Fd fd;
  private final Family family;

  private RawIpSocket(Libc libc, Fd fd, Family family) {
    this.libc = libc;
    this.fd = fd;
    this.family = family;
  }

  /**
   * Opens a socket in the calling thread's network namespace.
   *
   * @param protocol IP protocol number, such as 112 for VRRP
   * @throws ErrnoException naming the call that failed; nothing stays open then
   */
  public static RawIpSocket open(Libc libc, Family family, int protocol, Options options)
      throws ErrnoException {
    try (SocketSetup setup = SocketSetup.open(libc, family.domain, SOCK_RAW, protocol)) {
      options.apply(new RawIpSetup(setup, family));
      return new RawIpSocket(libc, setup.finish(), family);
    }
  }

  public Fd fd() {
    return fd;
  }

  @Override
  public int receive(Datagram datagram) {
    int received = datagram.receive(libc, fd);
    if (received < 0) {
      return received;
    }
    switch (family) {
      case IPV4 -> datagram.receivedIpv4(received);
      case IPV6 -> datagram.receivedIpv6(received);
    }
    return datagram.length();
  }

  /**
   * Sends the first {@code length} bytes of a packet's payload.
   *
   * @return {@code length} or a negative error number
   */
  public int send(OutgoingPacket packet, int length) {
    return packet.send(libc, fd, length);
  }

  /** Asks for a receive buffer of {@code bytes}; 0 or a negative error number. */
  public int receiveBuffer(int bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_INT, bytes);
      int forced = set(SocketConstants.SO_RCVBUFFORCE, value);
      return forced < 0 ? set(SocketConstants.SO_RCVBUF, value) : forced;
    }
  }

  private int set(int option, MemorySegment value) {
    return libc.setsockopt(
        fd.number(), SocketConstants.SOL_SOCKET, option, value, (int) value.byteSize());
  }

  @Override
  public void close() {
    fd.close();
  }
}
