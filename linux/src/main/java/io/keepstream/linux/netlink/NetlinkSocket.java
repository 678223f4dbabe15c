package io.keepstream.linux.netlink;

import static io.keepstream.linux.libc.SocketConstants.AF_NETLINK;
import static io.keepstream.linux.libc.SocketConstants.MSG_DONTWAIT;
import static io.keepstream.linux.libc.SocketConstants.SOCK_RAW;
import static io.keepstream.linux.libc.SocketConstants.SOL_NETLINK;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.MessageHeader;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.libc.SocketSetup;
import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.NetlinkWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** A netlink socket that talks to the kernel and to nobody else. */
public final class NetlinkSocket implements AutoCloseable {
  /** The longest message that may be written. */
  public static final int MAX_MESSAGE_BYTES = 8192;

  /** Room for the answers to a full write and for news that wait to be read. */
  public static final int DEFAULT_RECEIVE_BUFFER_BYTES = 1 << 20;

  private static final int WRITE_BYTES = 65536;
  private static final int WRITE_MESSAGES = 400;
  private static final int READ_BYTES = 65536;
  private static final int DUMP_ATTEMPTS = 5;
  private static final long SILENCE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int POLLFD_EVENTS = 4;

  private final Libc libc;
  private final Fd fd;
  private final int portId;
  private final NetlinkWriter writer;
  private final MessageHeader incoming = new MessageHeader(READ_BYTES, 0);
  private final NetlinkReader reader = new NetlinkReader(incoming.payload());
  private final MemorySegment pollFd;
  private int sequence;

  private NetlinkSocket(Libc libc, Fd fd, int portId) {
    this.libc = libc;
    this.fd = fd;
    this.portId = portId;
    Arena arena = Arena.ofAuto();
    writer = new NetlinkWriter(arena.allocate(WRITE_BYTES, Long.BYTES));
    pollFd = arena.allocate(Long.BYTES, Long.BYTES);
    Bytes.putHostU32(pollFd, 0, fd.number());
    Bytes.putHostU16(pollFd, POLLFD_EVENTS, Libc.POLLIN);
  }

  /**
   * Opens a socket in the calling thread's network namespace.
   *
   * @param protocol {@code NETLINK_ROUTE} or another of them
   * @param receiveBufferBytes how much may wait to be read before the kernel drops messages
   * @param groups multicast groups to be told about, such as {@code RTNLGRP_} numbers
   */
  public static NetlinkSocket open(Libc libc, int protocol, int receiveBufferBytes, int... groups)
      throws ErrnoException {
    try (SocketSetup setup = SocketSetup.open(libc, AF_NETLINK, SOCK_RAW, protocol)) {
      setup.receiveBuffer(receiveBufferBytes);
      setup.option(SOL_NETLINK, SocketConstants.NETLINK_EXT_ACK, 1, "NETLINK_EXT_ACK");
      setup.option(SOL_NETLINK, SocketConstants.NETLINK_CAP_ACK, 1, "NETLINK_CAP_ACK");
      if (protocol == Netlink.NETLINK_ROUTE) {
        // Has the kernel hand over only those routes that a dump asks for, of a million maybe.
        setup.option(
            SOL_NETLINK, SocketConstants.NETLINK_GET_STRICT_CHK, 1, "NETLINK_GET_STRICT_CHK");
      }
      MemorySegment address = setup.allocate(Sockaddr.SOCKADDR_NL_LENGTH);
      setup.bind(address, Sockaddr.netlink(address, 0));
      for (int group : groups) {
        int option = SocketConstants.NETLINK_ADD_MEMBERSHIP;
        setup.option(SOL_NETLINK, option, group, "NETLINK_ADD_MEMBERSHIP " + group);
      }
      MemorySegment length = setup.allocate(Integer.BYTES);
      Bytes.putHostU32(length, 0, Sockaddr.SOCKADDR_NL_LENGTH);
      ErrnoException.check("getsockname", libc.getsockname(setup.fd().number(), address, length));
      int portId = (int) Bytes.hostU32(address, Sockaddr.NL_PID);
      return new NetlinkSocket(libc, setup.finish(), portId);
    }
  }

  public Fd fd() {
    return fd;
  }

  /** Asks to be told about more multicast groups, {@code RTNLGRP_} numbers. */
  public void join(int... groups) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      for (int group : groups) {
        MemorySegment value = arena.allocateFrom(Bytes.HOST_INT, group);
        int option = SocketConstants.NETLINK_ADD_MEMBERSHIP;
        ErrnoException.check(
            "setsockopt NETLINK_ADD_MEMBERSHIP " + group,
            libc.setsockopt(fd.number(), SOL_NETLINK, option, value, Integer.BYTES));
      }
    }
  }

  /** The number by which the kernel names this socket in news about what it has caused. */
  public int portId() {
    return portId;
  }

  /** Has the kernel do one thing; NLM_F_REQUEST and NLM_F_ACK need not be given. */
  public Ack transact(NetlinkMessage message) {
    return transactAll(List.of(message)).getFirst();
  }

  /**
   * Has the kernel do many things in order, hundreds per write and with one acknowledgement for all
   * that go well. One that fails does not stop the rest.
   *
   * @return one answer per message, in their order
   */
  public List<Ack> transactAll(List<NetlinkMessage> messages) {
    List<Ack> answers = new ArrayList<>(messages.size());
    while (answers.size() < messages.size()) {
      List<NetlinkMessage> rest = messages.subList(answers.size(), messages.size());
      int first = sequence + 1;
      Exchange.Acks acks = new Exchange.Acks(first, write(rest));
      answers.addAll(acks.complete(exchange(acks)));
    }
    return answers;
  }

  /** Lets one write be longer than the system usually permits. */
  void sendBuffer(int bytes) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocateFrom(Bytes.HOST_INT, bytes);
      int level = SocketConstants.SOL_SOCKET;
      int forced = SocketConstants.SO_SNDBUFFORCE;
      if (libc.setsockopt(fd.number(), level, forced, value, Integer.BYTES) < 0) {
        ErrnoException.check(
            "setsockopt SO_SNDBUF",
            libc.setsockopt(fd.number(), level, SocketConstants.SO_SNDBUF, value, Integer.BYTES));
      }
    }
  }

  /** Has the kernel do all of {@code messages} or none, as subsystems of netfilter do. */
  NfNetlink.Commit transactBatch(
      NetlinkMessage begin, List<NetlinkMessage> messages, NetlinkMessage end) {
    if (messages.isEmpty()) {
      return new NfNetlink.Commit(new Ack.Done(), Map.of());
    }
    writer.clear();
    Exchange.Batch batch = new Exchange.Batch(sequence + 1, messages.size());
    write(begin);
    for (int i = 0; i < messages.size(); i++) {
      writer.reserve(2 * MAX_MESSAGE_BYTES);
      boolean last = i == messages.size() - 1;
      write(last ? messages.get(i).plus(Netlink.NLM_F_ACK) : messages.get(i));
    }
    write(end);
    return batch.complete(exchange(batch));
  }

  /**
   * Reads a table of the kernel's, and reads it again if it was changed meanwhile.
   *
   * @param decode turns a message into an entry; empty for messages that are none
   * @throws ErrnoException if the kernel refuses, or if the table did not stand still in five
   *     attempts (EINTR)
   */
  public <T> List<T> dump(NetlinkMessage request, Function<NetlinkReader, Optional<T>> decode)
      throws ErrnoException {
    for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
      Exchange.Answers<T> answers = query(request.plus(Netlink.NLM_F_DUMP), decode);
      if (!answers.interrupted()) {
        return answers.values();
      }
    }
    throw new ErrnoException("netlink dump", Errno.EINTR, "it changes faster than it is read");
  }

  /**
   * Asks for something that is not a table.
   *
   * @throws ErrnoException if the kernel refuses or does not answer
   */
  public <T> List<T> get(NetlinkMessage request, Function<NetlinkReader, Optional<T>> decode)
      throws ErrnoException {
    return query(request.plus(Netlink.NLM_F_ACK), decode).values();
  }

  /** Sends a message that is not answered as such; NLM_F_REQUEST need not be given. */
  public void send(NetlinkMessage message) throws ErrnoException {
    writer.clear();
    write(message);
    ErrnoException.check("netlink", (int) sendWritten());
  }

  /**
   * Reads one datagram and hands over its messages if the kernel has sent it; datagrams of others
   * are dropped. {@code onMessage} must not use this socket, and the reader is only lent to it.
   *
   * @return the number of bytes read, 0 if they were dropped, or a negative error number: {@code
   *     -EAGAIN} if there is nothing to read, {@code -ENOBUFS} once after the kernel had to drop
   *     messages
   */
  public int receive(Consumer<NetlinkReader> onMessage) {
    incoming.prepareReceive();
    long received = libc.recvmsg(fd.number(), incoming.segment(), MSG_DONTWAIT);
    if (received < 0) {
      return (int) received;
    }
    if ((incoming.flags() & SocketConstants.MSG_TRUNC) != 0) {
      return -Errno.EMSGSIZE;
    }
    if (Bytes.hostU32(incoming.name(), Sockaddr.NL_PID) != 0) {
      return 0;
    }
    reader.reset(received);
    while (reader.next()) {
      onMessage.accept(reader);
    }
    return (int) received;
  }

  @Override
  public void close() {
    fd.close();
  }

  /** Fills the buffer with as many messages as one write may hold and returns their number. */
  private int write(List<NetlinkMessage> messages) {
    writer.clear();
    int count = 0;
    boolean last = false;
    while (!last) {
      NetlinkMessage message = messages.get(count++);
      last =
          count == messages.size()
              || count == WRITE_MESSAGES
              || writer.remaining() < 2 * MAX_MESSAGE_BYTES;
      write(last ? message.plus(Netlink.NLM_F_ACK) : message);
    }
    return count;
  }

  private void write(NetlinkMessage message) {
    long start = writer.length();
    writer.message(message.plus(Netlink.NLM_F_REQUEST), ++sequence);
    if (writer.length() - start > MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException("message of " + (writer.length() - start) + " bytes");
    }
  }

  private <T> Exchange.Answers<T> query(
      NetlinkMessage request, Function<NetlinkReader, Optional<T>> decode) throws ErrnoException {
    writer.clear();
    write(request);
    Exchange.Answers<T> answers = new Exchange.Answers<>(sequence, decode);
    int errno = exchange(answers);
    if (errno != 0 && !answers.answered()) {
      throw new ErrnoException("netlink", errno);
    }
    if (answers.end() instanceof Ack.Refused(int refusal, String text)) {
      throw new ErrnoException("netlink", refusal, text);
    }
    return answers;
  }

  /**
   * Sends what was written and reads until all is answered; returns 0, or why that failed or what
   * was dropped on the way.
   */
  private int exchange(Exchange exchange) {
    long sent = sendWritten();
    if (sent < 0) {
      return (int) -sent;
    }
    long heardNanos = System.nanoTime();
    int dropped = 0;
    while (true) {
      int result = receive(exchange);
      if (exchange.answered()) {
        return dropped;
      }
      long nowNanos = System.nanoTime();
      heardNanos = result > 0 ? nowNanos : heardNanos;
      long leftNanos = SILENCE_LIMIT_NANOS - (nowNanos - heardNanos);
      boolean empty = result == -Errno.EAGAIN;
      if (result == -Errno.ENOBUFS || result == -Errno.EMSGSIZE) {
        dropped = -result;
      } else if (result < 0 && !empty) {
        return -result;
      } else if (leftNanos <= 0 || (empty && dropped != 0)) {
        return dropped != 0 ? dropped : Errno.ETIMEDOUT;
      } else if (empty) {
        libc.poll(pollFd, 1, (int) TimeUnit.NANOSECONDS.toMillis(leftNanos) + 1);
      }
    }
  }

  private long sendWritten() {
    return libc.sendto(fd.number(), writer.buffer(), writer.length(), 0, MemorySegment.NULL, 0);
  }
}
