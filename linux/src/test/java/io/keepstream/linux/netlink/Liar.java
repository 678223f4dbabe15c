package io.keepstream.linux.netlink;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.wire.NetlinkMessage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Sends messages to other processes' netlink sockets as if it were the kernel. */
final class Liar {
  private Liar() {}

  static void send(Libc libc, NetlinkSocket from, int portId, NetlinkMessage message)
      throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(Sockaddr.SOCKADDR_NL_LENGTH);
      int length = Sockaddr.netlink(address, portId);
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, Messages.bytes(message));
      long sent = libc.sendto(from.fd().number(), bytes, bytes.byteSize(), 0, address, length);
      ErrnoException.check("sendto", (int) sent);
    }
  }
}
