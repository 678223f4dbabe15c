package io.keepstream.linux.netlink;

import static java.lang.foreign.ValueLayout.ADDRESS;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkWriter;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A libc whose netlink sockets answer each write with the next of the given scripts: datagrams, or
 * a negative error number of the read.
 */
final class ScriptedKernel {
  private static final int IOV = 16;
  private static final int MSG_FLAGS = 48;
  private static final int SEQUENCE = 8;

  private final Libc real = new ForeignLibc();
  private final Queue<List<Object>> scripts = new ArrayDeque<>();
  private final Queue<Object> pending = new ArrayDeque<>();
  private int writes;

  /** An answer to another than the first message of a write. */
  record Reply(int index, NetlinkMessage message) {}

  /**
   * Answers the next write with these steps: NetlinkMessages or Replies, one datagram each, or
   * Integers.
   */
  ScriptedKernel answer(Object... steps) {
    scripts.add(new ArrayList<>(List.of(steps)));
    return this;
  }

  int writes() {
    return writes;
  }

  /** Everything but writing and reading goes to the real library. */
  Libc libc() {
    return (Libc)
        Proxy.newProxyInstance(
            Libc.class.getClassLoader(),
            new Class<?>[] {Libc.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "sendto" -> write((MemorySegment) arguments[1], (long) arguments[2]);
                  case "recvmsg" -> read((MemorySegment) arguments[1]);
                  default -> method.invoke(real, arguments);
                });
  }

  private long write(MemorySegment request, long length) {
    int sequence = (int) Bytes.hostU32(request, SEQUENCE);
    writes++;
    pending.clear();
    for (Object step : scripts.remove()) {
      pending.add(
          switch (step) {
            case NetlinkMessage message -> datagram(message, sequence);
            case Reply(int index, NetlinkMessage message) -> datagram(message, sequence + index);
            default -> step;
          });
    }
    return length;
  }

  private static MemorySegment datagram(NetlinkMessage message, int sequence) {
    NetlinkWriter writer = new NetlinkWriter(MemorySegment.ofArray(new byte[256]));
    writer.message(message, sequence);
    return writer.buffer().asSlice(0, writer.length());
  }

  @SuppressWarnings("restricted") // the buffer is only known by its address, as to the real kernel
  private long read(MemorySegment header) {
    Object step = pending.isEmpty() ? (Integer) (-Errno.EAGAIN) : pending.remove();
    if (step instanceof Integer failure) {
      return failure;
    }
    MemorySegment datagram = (MemorySegment) step;
    MemorySegment vector = header.get(ADDRESS, IOV).reinterpret(Long.BYTES);
    vector.get(ADDRESS, 0).reinterpret(datagram.byteSize()).copyFrom(datagram);
    header.set(Bytes.HOST_INT, MSG_FLAGS, 0);
    return datagram.byteSize();
  }
}
