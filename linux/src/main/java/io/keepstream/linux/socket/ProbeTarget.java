package io.keepstream.linux.socket;

import static io.keepstream.linux.libc.SocketConstants.IPPROTO_IP;
import static io.keepstream.linux.libc.SocketConstants.SOL_SOCKET;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.libc.SocketSetup;
import io.keepstream.linux.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** Where probes go and how: made once, used for any number of them, on any thread. */
public final class ProbeTarget {
  private static final int LINGER_LENGTH = 8;

  private final InetAddress address;
  private final byte[] remote;
  private final boolean ports;
  private InetSocketAddress local;
  private String device;
  private int mark;
  private boolean reset;

  /**
   * Somewhere to connect to, from wherever the kernel chooses.
   *
   * @param remote a resolved address with port 0 where the protocol has none; a link-local IPv6
   *     address carries its scope
   */
  public ProbeTarget(InetSocketAddress remote) {
    address = remote.getAddress();
    ports = remote.getPort() != 0;
    byte[] longest = new byte[Sockaddr.SOCKADDR_IN6_LENGTH];
    MemorySegment sockaddr = MemorySegment.ofArray(longest);
    int length = Sockaddr.inet(sockaddr, address, remote.getPort(), scope(address));
    this.remote = Arrays.copyOf(longest, length);
  }

  /** Connects from this address, and from this port unless it is 0. */
  public ProbeTarget from(InetSocketAddress source) {
    local = source;
    return this;
  }

  /** Connects through this interface. */
  public ProbeTarget device(String interfaceName) {
    device = interfaceName;
    return this;
  }

  /** Firewall mark of the packets; 0 for none. */
  public ProbeTarget mark(int firewallMark) {
    mark = firewallMark;
    return this;
  }

  /**
   * TCP: ends a connection with a reset instead of a handshake that leaves a local port waiting for
   * a minute: tens of thousands of probes a second would run out of ports.
   */
  public ProbeTarget resetOnClose() {
    reset = true;
    return this;
  }

  boolean ipv4() {
    return address instanceof Inet4Address;
  }

  int family() {
    return ipv4() ? SocketConstants.AF_INET : SocketConstants.AF_INET6;
  }

  /**
   * Connects {@code fd} as connect(2) does.
   *
   * @param buffer of {@link Sockaddr#SOCKADDR_IN6_LENGTH}, for the time of the call: of tens of
   *     thousands of targets none has native memory of its own
   */
  int connect(Libc libc, int fd, MemorySegment buffer) {
    MemorySegment.copy(remote, 0, buffer, ValueLayout.JAVA_BYTE, 0, remote.length);
    return libc.connect(fd, buffer, remote.length);
  }

  boolean resetsOnClose() {
    return reset;
  }

  /** Whether a socket needs nothing set before it connects. */
  boolean isPlain() {
    return device == null && mark == 0 && local == null;
  }

  void apply(SocketSetup setup) throws ErrnoException {
    if (device != null) {
      setup.bindToDevice(device);
    }
    if (mark != 0) {
      setup.option(SOL_SOCKET, SocketConstants.SO_MARK, mark, "SO_MARK");
    }
    if (reset) {
      MemorySegment linger = setup.allocate(LINGER_LENGTH);
      linger.set(Bytes.HOST_INT, 0, 1);
      setup.option(SOL_SOCKET, SocketConstants.SO_LINGER, linger, "SO_LINGER");
    }
    if (local != null) {
      bind(setup);
    }
  }

  private void bind(SocketSetup setup) throws ErrnoException {
    if (local.getPort() == 0 && ports) {
      // The port is chosen at connect, when ports in use towards other targets can be shared.
      int option = SocketConstants.IP_BIND_ADDRESS_NO_PORT;
      setup.option(IPPROTO_IP, option, 1, "IP_BIND_ADDRESS_NO_PORT");
    } else if (ports) {
      setup.option(SOL_SOCKET, SocketConstants.SO_REUSEADDR, 1, "SO_REUSEADDR");
    }
    MemorySegment sockaddr = setup.allocate(Sockaddr.SOCKADDR_IN6_LENGTH);
    InetAddress source = local.getAddress();
    setup.bind(sockaddr, Sockaddr.inet(sockaddr, source, local.getPort(), scope(source)));
  }

  private static int scope(InetAddress address) {
    return address instanceof Inet6Address ipv6 ? ipv6.getScopeId() : 0;
  }
}
