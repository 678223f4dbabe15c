package io.keepstream.election.edge;

import io.keepstream.election.vrrp.Packet;
import io.keepstream.election.vrrp.Vrrp;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Link;
import io.keepstream.linux.socket.Datagram;
import io.keepstream.linux.socket.FdChannel;
import io.keepstream.linux.socket.OutgoingPacket;
import io.keepstream.linux.socket.RawIpSocket;
import io.keepstream.linux.socket.RawIpSocket.Family;
import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.MacAddress;
import io.netty.channel.IoEventLoop;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The pair of raw sockets that all virtual routers of one interface, family, destination and IP
 * protocol share: one listens, one speaks. Packets go to their router by VRID.
 */
final class AdvertSocket implements AutoCloseable {
  /**
   * What a socket is for.
   *
   * @param local the group adverts are sent to, or our own address with unicast peers
   * @param protocol 112, or 51 with authentication headers
   * @param sender the only link-layer address to be heard, or null for all
   */
  record Key(int interfaceIndex, InetAddress local, int protocol, MacAddress sender) {}

  /**
   * One virtual router as the socket sees it.
   *
   * @param vrid which packets are its own
   * @param bufferBytes its share of the receive buffer, 0 for none in particular
   * @param router takes its packets
   * @param unknownVrids takes other routers' VRIDs and senders; null when they are not asked for
   */
  record Listener(
      int vrid,
      int bufferBytes,
      Consumer<Packet> router,
      BiConsumer<Integer, InetAddress> unknownVrids) {}

  private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;

  /** A packet that waited longer than this tells of a process that stood still, or of the clock. */
  private static final long LONGEST_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** As long as it takes to send what a dozen routers have to say at once. */
  private static final long MOMENT_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private static final int VRID_AT = 1;
  private static final int SMALLEST_MESSAGE = 2;

  private final RawIpSocket receiver;
  private final RawIpSocket sender;
  private final Datagram datagram = new Datagram(Vrrp.MAX_PACKET_BYTES);
  private final IntConsumer taker = this::dispatch;
  private final boolean headed;
  private final Map<Integer, Listener> listeners = new LinkedHashMap<>();
  private FdChannel channel;
  private long unknownVrids;
  private long readNanos = System.nanoTime() - MOMENT_NANOS;

  /** What is read now has arrived since. */
  private long sinceNanos = readNanos;

  private AdvertSocket(RawIpSocket receiver, RawIpSocket sender, int protocol) {
    this.receiver = receiver;
    this.sender = sender;
    this.headed = protocol == Vrrp.AUTHENTICATION_HEADER;
  }

  /** Opens both sockets and starts to listen; on the loop's thread. */
  static AdvertSocket open(Libc libc, IoEventLoop loop, Link link, Key key) throws ErrnoException {
    InetAddress local = key.local();
    Family family = local instanceof Inet6Address ? Family.IPV6 : Family.IPV4;
    RawIpSocket receiver =
        RawIpSocket.open(
            libc,
            family,
            key.protocol(),
            setup -> {
              setup.device(link.name());
              if (key.sender() != null) {
                setup.onlyFrom(key.sender());
              }
              if (local.isMulticastAddress()) {
                setup.join(local, link.index());
              } else {
                setup.freeBind();
              }
              setup.bind(local, link.index()).packetInfo().arrivalTimes();
              setup.receiveBuffer(RECEIVE_BUFFER_BYTES);
            });
    RawIpSocket sender = null;
    try {
      sender = openSender(libc, family, link, key.protocol());
      AdvertSocket socket = new AdvertSocket(receiver, sender, key.protocol());
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

  private static RawIpSocket openSender(Libc libc, Family family, Link link, int protocol)
      throws ErrnoException {
    return RawIpSocket.open(
        libc,
        family,
        protocol,
        setup -> {
          setup.device(link.name()).multicastInterface(link.index()).sendOnly();
          switch (family) {
            case IPV4 -> setup.headerIncluded();
            case IPV6 -> setup.hopLimit(Vrrp.HOP_LIMIT).trafficClass(Vrrp.TRAFFIC_CLASS);
          }
        });
  }

  /** Delivers the listener's packets from now on. */
  void attach(Listener listener) {
    listeners.put(listener.vrid(), listener);
    long asked = listeners.values().stream().mapToLong(Listener::bufferBytes).sum();
    if (asked > 0) {
      receiver.receiveBuffer((int) Math.min(asked, Integer.MAX_VALUE));
    }
  }

  /** Delivers packets of {@code vrid} no more. */
  void detach(int vrid) {
    listeners.remove(vrid);
  }

  /** Whether nobody uses the socket. */
  boolean unused() {
    return listeners.isEmpty();
  }

  /** Packets of VRIDs that nobody here has. */
  long unknownVrids() {
    return unknownVrids;
  }

  /** Sends; the length sent or a negative error number. */
  int send(OutgoingPacket packet, int length) {
    return sender.send(packet, length);
  }

  /**
   * Reads what has arrived, so that a timer is judged by all that is known; once for all timers of
   * the same moment.
   */
  void drain() {
    if (System.nanoTime() - readNanos >= MOMENT_NANOS) {
      read();
    }
  }

  private void read() {
    sinceNanos = readNanos;
    readNanos = System.nanoTime(); // what arrives while it reads may be left unread
    receiver.drain(datagram, taker);
  }

  private void dispatch(int length) {
    MemorySegment payload = datagram.segment().asSlice(datagram.offset(), length);
    if (headed && !Vrrp.isHeaded(payload)) {
      return; // an authentication header of somebody else, or none
    }
    MemorySegment message = headed ? payload.asSlice(Vrrp.AUTHENTICATION_HEADER_BYTES) : payload;
    int vrid = message.byteSize() < SMALLEST_MESSAGE ? 0 : Bytes.u8(message, VRID_AT);
    InetAddress source = datagram.source().inet();
    Listener listener = listeners.get(vrid);
    if (listener == null) {
      unknown(vrid, source);
      return;
    }
    MemorySegment covered =
        headed ? datagram.segment().asSlice(0, datagram.offset() + length) : null;
    listener
        .router()
        .accept(
            new Packet(
                message,
                source,
                datagram.destination().inet(),
                datagram.hopLimit(),
                covered,
                ageNanos(datagram.arrivedNanos(), wallNanos(), System.nanoTime() - sinceNanos)));
  }

  private static long wallNanos() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /**
   * 0 where the time of arrival cannot be believed, because the wall clock was set meanwhile; and
   * no more than the {@code unreadNanos} since the socket was read before.
   */
  static long ageNanos(long arrivedNanos, long wallNanos, long unreadNanos) {
    long ageNanos = wallNanos - arrivedNanos;
    return ageNanos < 0 || ageNanos > LONGEST_AGE_NANOS ? 0 : Math.min(ageNanos, unreadNanos);
  }

  /** One of the listeners is enough to tell of it. */
  private void unknown(int vrid, InetAddress source) {
    unknownVrids++;
    for (Listener listener : listeners.values()) {
      if (listener.unknownVrids() != null) {
        listener.unknownVrids().accept(vrid, source);
        return;
      }
    }
  }

  @Override
  public void close() {
    channel.close();
    sender.close();
  }

  private final class Reading implements FdChannel.Handler {
    @Override
    public void onReadable() {
      read();
    }

    @Override
    public void onError(Throwable cause) {
      ElectionEngine.LOG.error("reading adverts failed", cause);
    }
  }
}
