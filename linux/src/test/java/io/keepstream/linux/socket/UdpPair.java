package io.keepstream.linux.socket;

import static io.keepstream.linux.libc.SocketConstants.AF_INET;
import static io.keepstream.linux.libc.SocketConstants.SOCK_DGRAM;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.MessageHeader;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketSetup;
import io.keepstream.linux.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;

/** A loopback socket to be watched, and another that sends one byte to it. */
final class UdpPair implements AutoCloseable {
  private final Libc libc = new ForeignLibc();
  private final MessageHeader out = new MessageHeader(1, 0);
  private final MessageHeader in = new MessageHeader(1, 0);
  private final Fd sender;
  private final Fd receiver;

  UdpPair() throws ErrnoException {
    try (SocketSetup from = SocketSetup.open(libc, AF_INET, SOCK_DGRAM, 0);
        SocketSetup to = SocketSetup.open(libc, AF_INET, SOCK_DGRAM, 0)) {
      MemorySegment address = to.allocate(Sockaddr.SOCKADDR_IN_LENGTH);
      to.bind(address, Sockaddr.inet(address, InetAddress.ofLiteral("127.0.0.1"), 0, 0));
      MemorySegment length = to.allocate(Integer.BYTES);
      length.set(Bytes.HOST_INT, 0, Sockaddr.SOCKADDR_IN_LENGTH);
      ErrnoException.check("getsockname", libc.getsockname(to.fd().number(), address, length));
      out.name().copyFrom(address);
      out.setNameLength(Sockaddr.SOCKADDR_IN_LENGTH);
      out.setPayloadLength(1);
      sender = from.finish();
      receiver = to.finish();
    }
  }

  Fd receiver() {
    return receiver;
  }

  void send() throws ErrnoException {
    ErrnoException.check("sendmsg", (int) libc.sendmsg(sender.number(), out.segment(), 0));
  }

  /** Whether there was something to read. */
  boolean read() {
    in.prepareReceive();
    return libc.recvmsg(receiver.number(), in.segment(), 0) > 0;
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
  }
}
