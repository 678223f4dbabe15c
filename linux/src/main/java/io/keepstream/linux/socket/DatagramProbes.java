package io.keepstream.linux.socket;

import static io.keepstream.linux.libc.SocketConstants.IPPROTO_ICMP;
import static io.keepstream.linux.libc.SocketConstants.IPPROTO_ICMPV6;
import static io.keepstream.linux.libc.SocketConstants.IPPROTO_IP;
import static io.keepstream.linux.libc.SocketConstants.IPPROTO_IPV6;
import static io.keepstream.linux.libc.SocketConstants.SOCK_DGRAM;
import static io.keepstream.linux.libc.SocketConstants.SOCK_RAW;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.libc.SocketSetup;
import io.keepstream.linux.socket.FdChannel.Interest;
import io.netty.channel.IoEventLoop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Asks single addresses something in datagrams, all on one event loop and all on its thread. A
 * probe hears its target only. What ICMP says of the datagrams that were sent is told as an error
 * number, also where a socket would usually hide it: a host that no longer answers ARP is
 * EHOSTUNREACH.
 */
public final class DatagramProbes {
  private static final int LONGEST = 65_535;

  /** What is spoken. */
  public enum Kind {
    UDP,
    /**
     * ICMP or ICMPv6 messages; the kernel writes the checksum of the latter. Where {@code
     * net.ipv4.ping_group_range} includes our group this needs no rights; then the kernel puts an
     * identifier of its own into echo requests, and nothing but their replies arrives. Else
     * CAP_NET_RAW is needed, and all ICMP messages of the target arrive.
     */
    ICMP
  }

  /** What happens to a probe. */
  public interface Listener {
    /** A datagram came from the target. */
    void onDatagram(byte[] payload);

    /** The kernel or ICMP refuses; a positive error number, such as ECONNREFUSED. */
    void onError(int errno);
  }

  private final Libc libc;
  private final IoEventLoop loop;
  private final Datagram room = new Datagram(LONGEST);

  /** Probes on {@code loop}. */
  public DatagramProbes(Libc libc, IoEventLoop loop) {
    this.libc = libc;
    this.loop = loop;
  }

  /**
   * Opens a socket for one probe. The listener is not called before this has returned.
   *
   * @throws ErrnoException naming the call that failed; nothing stays open then
   */
  public Probe open(Kind kind, ProbeTarget target, Listener listener) throws ErrnoException {
    return switch (kind) {
      case UDP -> new Probe(connected(target, SOCK_DGRAM, 0), false, listener);
      case ICMP -> openIcmp(target, listener);
    };
  }

  private Probe openIcmp(ProbeTarget target, Listener listener) throws ErrnoException {
    int protocol = target.ipv4() ? IPPROTO_ICMP : IPPROTO_ICMPV6;
    try {
      return new Probe(connected(target, SOCK_DGRAM, protocol), false, listener);
    } catch (ErrnoException e) {
      if (!e.call().equals("socket") || e.errno() != Errno.EACCES) {
        throw e;
      }
      return new Probe(connected(target, SOCK_RAW, protocol), target.ipv4(), listener);
    }
  }

  private Fd connected(ProbeTarget target, int type, int protocol) throws ErrnoException {
    try (SocketSetup setup = SocketSetup.open(libc, target.family(), type, protocol)) {
      if (target.ipv4()) {
        setup.option(IPPROTO_IP, SocketConstants.IP_RECVERR, 1, "IP_RECVERR");
      } else {
        setup.option(IPPROTO_IPV6, SocketConstants.IPV6_RECVERR, 1, "IPV6_RECVERR");
      }
      target.apply(setup);
      ErrnoException.check(
          "connect",
          target.connect(libc, setup.fd().number(), setup.allocate(Sockaddr.SOCKADDR_IN6_LENGTH)));
      return setup.finish();
    }
  }

  /** One probe. */
  public final class Probe implements AutoCloseable, FdChannel.Handler {
    private final Fd fd;
    private final boolean withIpHeader;
    private final Listener listener;
    private final FdChannel channel;

    private Probe(Fd fd, boolean withIpHeader, Listener listener) throws ErrnoException {
      this.fd = fd;
      this.withIpHeader = withIpHeader;
      this.listener = listener;
      this.channel = FdChannel.open(loop, fd, Interest.READ, this);
    }

    /** Sends a datagram; its length or a negative error number. */
    public int send(byte[] payload) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, payload);
        int flags = SocketConstants.MSG_DONTWAIT;
        return (int) libc.sendto(fd.number(), bytes, payload.length, flags, MemorySegment.NULL, 0);
      }
    }

    /** Reads what has arrived; called by the loop, and by who is about to give up. */
    @Override
    public void onReadable() {
      for (int i = 0; i < PacketReceiver.PACKETS_PER_WAKE_UP && fd.isOpen(); i++) {
        int received = room.receive(libc, fd);
        if (received == -Errno.EAGAIN) {
          return;
        }
        if (received < 0) {
          listener.onError(-received);
          return;
        }
        if (withIpHeader) {
          room.receivedIpv4(received);
        } else {
          room.receivedBytes(received);
        }
        listener.onDatagram(room.payload());
      }
    }

    @Override
    public void onError(Throwable cause) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, cause);
    }

    /** Closes the socket; nothing is told any more. */
    @Override
    public void close() {
      channel.close();
    }
  }
}
