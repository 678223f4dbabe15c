package io.keepstream.election.edge;

import io.keepstream.contract.value.AddressText;
import io.keepstream.election.bfd.Bfd;
import io.keepstream.election.config.BfdConfig.Ends;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.Datagram;
import io.keepstream.linux.socket.FdChannel;
import io.keepstream.linux.socket.RawIpSocket.Family;
import io.keepstream.linux.socket.UdpSocket;
import io.keepstream.runtime.Window;
import io.netty.channel.IoEventLoop;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** The socket that all sessions of one family and port listen on. */
final class BfdReceiver implements AutoCloseable {
  /** Takes a session's packets. */
  interface Listener {
    void receive(MemorySegment message, int hopLimit);
  }

  private static final int RECEIVE_BUFFER_BYTES = 256 * 1024;
  private static final int LONGEST_PACKET_BYTES = 256;

  private final UdpSocket socket;
  private final Datagram datagram = new Datagram(LONGEST_PACKET_BYTES);
  private final Map<Ends, Listener> listeners = new HashMap<>();
  private final boolean multihop;
  private final Window strangers = new Window();
  private FdChannel channel;

  private BfdReceiver(UdpSocket socket, boolean multihop) {
    this.socket = socket;
    this.multihop = multihop;
  }

  /** Opens the socket that {@code ends} need and starts to listen; on the loop's thread. */
  static BfdReceiver open(Libc libc, IoEventLoop loop, Ends ends) throws ErrnoException {
    Family family = ends.ipv6() ? Family.IPV6 : Family.IPV4;
    int port = ends.multihop() ? Bfd.MULTIHOP_PORT : Bfd.SINGLE_HOP_PORT;
    UdpSocket socket = UdpSocket.openReceiver(libc, family, port, RECEIVE_BUFFER_BYTES);
    BfdReceiver receiver = new BfdReceiver(socket, ends.multihop());
    receiver.channel =
        FdChannel.open(loop, socket.fd(), FdChannel.Interest.READ, receiver.new Reading());
    return receiver;
  }

  void attach(Ends ends, Listener listener) {
    listeners.put(ends, listener);
  }

  void detach(Ends ends) {
    listeners.remove(ends);
  }

  boolean unused() {
    return listeners.isEmpty();
  }

  /** Reads what has arrived, so that a timer is judged by all that is known. */
  void drain() {
    socket.drain(datagram, this::dispatch);
  }

  private void dispatch(int length) {
    InetAddress source = datagram.source().inet();
    Listener listener = listeners.get(new Ends(source, datagram.destination().inet(), multihop));
    if (listener == null) {
      listener = listeners.get(new Ends(source, null, multihop));
    }
    if (listener == null) {
      refuseStranger(source);
      return;
    }
    listener.receive(datagram.segment().asSlice(datagram.offset(), length), datagram.hopLimit());
  }

  private void refuseStranger(InetAddress source) {
    Window.Report report = strangers.count(System.nanoTime());
    if (report != null) {
      ElectionEngine.LOG.warn(
          "{} BFD packet(s) in {} ms from nobody's neighbor_ip, last from {} to {}",
          report.count(),
          report.overMillis(),
          AddressText.of(source),
          AddressText.of(datagram.destination().inet()));
    }
  }

  @Override
  public void close() {
    channel.close();
  }

  private final class Reading implements FdChannel.Handler {
    @Override
    public void onReadable() {
      drain();
    }

    @Override
    public void onError(Throwable cause) {
      ElectionEngine.LOG.error("reading BFD packets failed", cause);
    }
  }
}
