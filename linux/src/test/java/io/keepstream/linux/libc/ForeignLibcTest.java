package io.keepstream.linux.libc;

import static io.keepstream.linux.libc.SocketConstants.AF_INET;
import static io.keepstream.linux.libc.SocketConstants.SOCK_DGRAM;
import static io.keepstream.linux.libc.SocketConstants.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.wire.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Error numbers and results on plain sockets of this host; needs no privileges. */
final class ForeignLibcTest {
  private static final int NO_SUCH_FD = 1 << 20;

  private final Libc libc = new ForeignLibc();
  @AutoClose private final Arena arena = Arena.ofConfined();

  @Test
  void aSignalThatIsIgnoredEndsNothing() {
    long before = libc.signal(Libc.SIGRTMAX - 1, Libc.SIG_IGN);
    assertThat(libc.kill(libc.getpid(), Libc.SIGRTMAX - 1)).isZero();
    assertThat(libc.signal(Libc.SIGRTMAX - 1, before)).isEqualTo(Libc.SIG_IGN);
    assertThat(libc.signal(Libc.SIGRTMAX + 1, Libc.SIG_IGN)).isEqualTo(-Errno.EINVAL);
  }

  @Test
  void everyCallOnADescriptorSaysEbadf() {
    MemorySegment memory = arena.allocate(128, 8);
    List<Long> results =
        List.of(
            (long) libc.bind(NO_SUCH_FD, memory, 16),
            (long) libc.connect(NO_SUCH_FD, memory, 16),
            (long) libc.getsockname(NO_SUCH_FD, memory, memory),
            (long) libc.setsockopt(NO_SUCH_FD, 1, 2, memory, 4),
            (long) libc.getsockopt(NO_SUCH_FD, 1, 2, memory, memory),
            libc.sendto(NO_SUCH_FD, memory, 1, 0, MemorySegment.NULL, 0),
            libc.sendmsg(NO_SUCH_FD, memory, 0),
            libc.recvmsg(NO_SUCH_FD, memory, 0),
            (long) libc.close(NO_SUCH_FD));
    assertThat(results).containsOnly((long) -Errno.EBADF);
  }

  @Test
  void socketRefusesFamiliesThatDoNotExist() {
    assertThat(libc.socket(99, SOCK_DGRAM, 0)).isEqualTo(-Errno.EAFNOSUPPORT);
  }

  @Test
  void bindRefusesAddressesThatAreNotOurs() {
    try (Fd socket = socket(SOCK_DGRAM)) {
      MemorySegment address = arena.allocate(Sockaddr.MAX_LENGTH);
      int length = Sockaddr.inet(address, InetAddress.ofLiteral("192.0.2.1"), 0, 0);
      assertThat(libc.bind(socket.number(), address, length)).isEqualTo(-Errno.EADDRNOTAVAIL);
    }
  }

  @Test
  void readsWhatWasSentOverLoopback() throws Exception {
    try (Fd receiver = socket(SOCK_DGRAM);
        Fd sender = socket(SOCK_DGRAM)) {
      MemorySegment address = bindToLoopback(receiver);
      MessageHeader out = new MessageHeader(16, 0);
      out.name().copyFrom(address);
      out.setNameLength(Sockaddr.SOCKADDR_IN_LENGTH);
      out.payload().setString(0, "hello");
      out.setPayloadLength(5);
      assertThat(libc.sendmsg(sender.number(), out.segment(), 0)).isEqualTo(5);

      MessageHeader in = new MessageHeader(3, 0);
      in.prepareReceive();
      assertThat(libc.recvmsg(receiver.number(), in.segment(), 0)).isEqualTo(3);
      assertThat(in.flags()).isEqualTo(SocketConstants.MSG_TRUNC);
      assertThat(Bytes.netU32(in.name(), Sockaddr.SIN_ADDR)).isEqualTo(0x7F00_0001L);
      assertThat(in.firstControl()).isEqualTo(-1);
      assertThat(libc.recvmsg(receiver.number(), in.segment(), 0)).isEqualTo(-Errno.EAGAIN);
    }
  }

  @Test
  void connectIsRefusedWhereNobodyListens() throws Exception {
    try (Fd bound = socket(SOCK_STREAM);
        Fd client = new Fd(libc, libc.socket(AF_INET, SOCK_STREAM, 0))) {
      MemorySegment address = bindToLoopback(bound);
      assertThat(libc.connect(client.number(), address, Sockaddr.SOCKADDR_IN_LENGTH))
          .isEqualTo(-Errno.ECONNREFUSED);
    }
  }

  @Test
  void optionsAreReadBack() {
    try (Fd socket = socket(SOCK_STREAM)) {
      MemorySegment value = arena.allocate(Integer.BYTES);
      MemorySegment length = arena.allocateFrom(Bytes.HOST_INT, Integer.BYTES);
      int level = SocketConstants.SOL_SOCKET;
      value.set(Bytes.HOST_INT, 0, 1);
      int option = SocketConstants.SO_REUSEADDR;
      assertThat(libc.setsockopt(socket.number(), level, option, value, 4)).isZero();
      value.set(Bytes.HOST_INT, 0, 0);
      assertThat(libc.getsockopt(socket.number(), level, option, value, length)).isZero();
      assertThat(value.get(Bytes.HOST_INT, 0)).isEqualTo(1);
    }
  }

  @Test
  void pollGivesUpAfterItsTime() {
    try (Fd socket = socket(SOCK_DGRAM)) {
      MemorySegment pollFd = arena.allocate(Long.BYTES);
      Bytes.putHostU32(pollFd, 0, socket.number());
      Bytes.putHostU16(pollFd, 4, Libc.POLLIN);
      assertThat(libc.poll(pollFd, 1, 1)).isZero();
    }
  }

  @Test
  void opensFilesAndMakesFifos(@TempDir Path directory) throws Exception {
    String fifo = directory.resolve("fifo").toString();
    assertThat(libc.open(fifo, Libc.O_RDONLY, 0)).isEqualTo(-Errno.ENOENT);
    assertThat(libc.mkfifo(fifo, 0600)).isZero();
    assertThat(libc.mkfifo(fifo, 0600)).isEqualTo(-Errno.EEXIST);
    int fd = libc.open(fifo, Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_CLOEXEC, 0);
    assertThat(fd).isPositive();
    assertThat(libc.close(fd)).isZero();
    assertThat(Files.isRegularFile(Path.of(fifo))).isFalse();
  }

  @Test
  void knowsInterfacesByName() {
    int loopback = libc.if_nametoindex("lo");
    assertThat(loopback).isPositive();
    assertThat(libc.if_nametoindex("nosuchinterface")).isEqualTo(-Errno.ENODEV);
  }

  @Test
  void knowsItsProcess() {
    int pid = libc.getpid();
    assertThat((long) pid).isEqualTo(ProcessHandle.current().pid());
    assertThat(libc.kill(pid, 0)).isZero();
    assertThat(libc.kill(Integer.MAX_VALUE, 0)).isEqualTo(-Errno.ESRCH);
    assertThat(libc.geteuid()).isNotNegative();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThat(libc.setns(NO_SUCH_FD, Libc.CLONE_NEWNET)).isEqualTo(-Errno.EBADF);
    assertThat(libc.sched_setscheduler(0, 99, 0)).isEqualTo(-Errno.EINVAL);
    assertThat(libc.sched_setscheduler(0, Libc.SCHED_OTHER, 0)).isZero();
    assertThat(libc.mlockall(0)).isEqualTo(-Errno.EINVAL);
  }

  @Test
  void threadsDoNotSeeEachOthersErrors() throws Exception {
    try (var threads = Executors.newFixedThreadPool(2)) {
      List<Future<Boolean>> results = new ArrayList<>();
      results.add(threads.submit(() -> always(-Errno.EBADF, () -> libc.close(NO_SUCH_FD))));
      results.add(threads.submit(() -> always(-Errno.ESRCH, () -> libc.kill(1 << 30, 0))));
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    }
  }

  private static boolean always(int expected, IntSupplier call) {
    for (int i = 0; i < 20_000; i++) {
      if (call.getAsInt() != expected) {
        return false;
      }
    }
    return true;
  }

  private Fd socket(int type) {
    int flags = SocketConstants.SOCK_NONBLOCK | SocketConstants.SOCK_CLOEXEC;
    return new Fd(libc, libc.socket(AF_INET, type | flags, 0));
  }

  private MemorySegment bindToLoopback(Fd socket) throws ErrnoException {
    MemorySegment address = arena.allocate(Sockaddr.MAX_LENGTH);
    int length = Sockaddr.inet(address, InetAddress.ofLiteral("127.0.0.1"), 0, 0);
    ErrnoException.check("bind", libc.bind(socket.number(), address, length));
    MemorySegment capacity = arena.allocateFrom(Bytes.HOST_INT, Sockaddr.MAX_LENGTH);
    ErrnoException.check("getsockname", libc.getsockname(socket.number(), address, capacity));
    return address;
  }
}
