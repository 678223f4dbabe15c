package io.keepstream.election.edge;

import io.keepstream.election.vrrp.Packet;
import io.keepstream.election.vrrp.Vrrp;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Link;
import io.keepstream.linux.socket.Datagram;
import io.keepstream.linux.socket.FdChannel;
import io.keepstream.linux.socket.OutgoingPacket;
import io.keepstream.linux.socket.RawIpSocket;
import io.keepstream.linux.socket.RawIpSocket.Family;
import io.keepstream.linux.wire.Bytes;
import io.netty.channel.IoEventLoop;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The pair of raw sockets that all virtual routers of one interface, family and destination share:
 * one listens, one speaks. Packets go to their router by VRID.
 */
final class AdvertSocket implements AutoCloseable {
  /**
   * What a socket is for.
   *
   * @param local the group adverts are sent to, or our own address with unicast peers
   */
  record Key(int interfaceIndex, InetAddress local) {
    boolean ipv6() {
      return local instanceof Inet6Address;
    }
  }

  private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;
  private static final int VRID_AT = 1;
  private static final int SMALLEST_MESSAGE = 2;

  /** So that a flood leaves the loop to timers and other sockets now and then. */
  private static final int PACKETS_PER_WAKE_UP = 256;

  private final RawIpSocket receiver;
  private final RawIpSocket sender;
  private final Datagram datagram = new Datagram(Vrrp.MAX_PACKET_BYTES);
  private final Map<Integer, Consumer<Packet>> routers = new HashMap<>();
  private FdChannel channel;
  private long unknownVrids;

  private AdvertSocket(RawIpSocket receiver, RawIpSocket sender) {
    this.receiver = receiver;
    this.sender = sender;
  }

  /** Opens both sockets and starts to listen; on the loop's thread. */
  static AdvertSocket open(Libc libc, IoEventLoop loop, Link link, InetAddress local)
      throws ErrnoException {
    Family family = local instanceof Inet6Address ? Family.IPV6 : Family.IPV4;
    RawIpSocket receiver =
        RawIpSocket.open(
            libc,
            family,
            Vrrp.PROTOCOL,
            setup -> {
              setup.device(link.name());
              if (local.isMulticastAddress()) {
                setup.join(local, link.index());
              } else {
                setup.freeBind();
              }
              setup.bind(local, link.index()).packetInfo().receiveBuffer(RECEIVE_BUFFER_BYTES);
            });
    RawIpSocket sender = null;
    try {
      sender = openSender(libc, family, link);
      AdvertSocket socket = new AdvertSocket(receiver, sender);
      socket.channel =
          FdChannel.open(loop, receiver.fd(), FdChannel.Interest.READ, socket.new Reading());
      return socket;
    } catch (ErrnoException e) {
      receiver.close();
      if (sender != null) {
        sender.close();
      }
      throw e;
    }
  }

  private static RawIpSocket openSender(Libc libc, Family family, Link link) throws ErrnoException {
    return RawIpSocket.open(
        libc,
        family,
        Vrrp.PROTOCOL,
        setup -> {
          setup.device(link.name()).multicastInterface(link.index()).sendOnly();
          switch (family) {
            case IPV4 -> setup.headerIncluded();
            case IPV6 -> setup.hopLimit(Vrrp.HOP_LIMIT).trafficClass(Vrrp.TRAFFIC_CLASS);
          }
        });
  }

  /** Delivers packets of {@code vrid} from now on. */
  void attach(int vrid, Consumer<Packet> router) {
    routers.put(vrid, router);
  }

  /** Delivers packets of {@code vrid} no more. */
  void detach(int vrid) {
    routers.remove(vrid);
  }

  /** Whether nobody uses the socket. */
  boolean unused() {
    return routers.isEmpty();
  }

  /** Packets of VRIDs that nobody here has. */
  long unknownVrids() {
    return unknownVrids;
  }

  /** Sends; the length sent or a negative error number. */
  int send(OutgoingPacket packet, int length) {
    return sender.send(packet, length);
  }

  /** Reads what has arrived, so that a timer is judged by all that is known. */
  void drain() {
    for (int i = 0; i < PACKETS_PER_WAKE_UP; i++) {
      int length = receiver.receive(datagram);
      if (length == -Errno.EAGAIN) {
        return;
      }
      if (length >= 0) {
        dispatch(length);
      }
    }
  }

  private void dispatch(int length) {
    MemorySegment message = datagram.segment().asSlice(datagram.offset(), length);
    int vrid = length < SMALLEST_MESSAGE ? 0 : Bytes.u8(message, VRID_AT);
    Consumer<Packet> router = routers.get(vrid);
    if (router == null) {
      unknownVrids++;
      return;
    }
    router.accept(
        new Packet(
            message, datagram.source().inet(), datagram.destination().inet(), datagram.hopLimit()));
  }

  @Override
  public void close() {
    channel.close();
    sender.close();
  }

  private final class Reading implements FdChannel.Handler {
    @Override
    public void onReadable() {
      drain();
    }

    @Override
    public void onError(Throwable cause) {
      ElectionEngine.LOG.error("reading adverts failed", cause);
    }
  }
}
