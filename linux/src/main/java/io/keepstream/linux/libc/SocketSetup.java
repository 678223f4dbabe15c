package io.keepstream.linux.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;

import io.keepstream.linux.wire.Bytes;
import io.keepstream.linux.wire.MacAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * A socket on its way to being ready. It is closed again unless {@link #finish} takes it out:
 *
 * <pre>{@code
 * try (SocketSetup setup = SocketSetup.open(libc, AF_INET, SOCK_RAW, 112)) {
 *   setup.option(IPPROTO_IP, IP_HDRINCL, 1, "IP_HDRINCL");
 *   return setup.finish();
 * }
 * }</pre>
 *
 * <p>Sockets are non-blocking and closed on exec. Every failure is an {@link ErrnoException} that
 * names the call.
 */
public final class SocketSetup implements AutoCloseable {
  private static final int IFNAMSIZ = 16;
  private static final int SOCK_FILTER_LENGTH = 8;
  private static final int SOCK_FPROG_LENGTH = 16;
  private static final int BPF_RET_K = 0x06;
  private static final int BPF_JEQ_K = 0x15;
  private static final int BPF_LD_W_ABS = 0x20;
  private static final int BPF_LD_H_ABS = 0x28;
  private static final int SKF_LL_OFF = -0x200000;
  private static final int WHOLE_PACKET = -1;

  private final Libc libc;
  private final Fd fd;
  private final Arena arena = Arena.ofConfined();
  private boolean finished;

  private SocketSetup(Libc libc, Fd fd) {
    this.libc = libc;
    this.fd = fd;
  }

  public static SocketSetup open(Libc libc, int domain, int type, int protocol)
      throws ErrnoException {
    int flags = SocketConstants.SOCK_NONBLOCK | SocketConstants.SOCK_CLOEXEC;
    int number = ErrnoException.check("socket", libc.socket(domain, type | flags, protocol));
    return new SocketSetup(libc, new Fd(libc, number));
  }

  public Fd fd() {
    return fd;
  }

  /** Zeroed memory for an option's value or an address, gone after the setup. */
  public MemorySegment allocate(int length) {
    return arena.allocate(length, Long.BYTES);
  }

  public void option(int level, int option, int value, String name) throws ErrnoException {
    MemorySegment segment = allocate(Integer.BYTES);
    segment.set(Bytes.HOST_INT, 0, value);
    option(level, option, segment, name);
  }

  public void option(int level, int option, MemorySegment value, String name)
      throws ErrnoException {
    int result = libc.setsockopt(fd.number(), level, option, value, (int) value.byteSize());
    ErrnoException.check("setsockopt " + name, result);
  }

  /** Sends and receives through one interface of the current namespace only. */
  public void bindToDevice(String interfaceName) throws ErrnoException {
    byte[] bytes = interfaceName.getBytes(StandardCharsets.UTF_8);
    if (bytes.length >= IFNAMSIZ) {
      throw new ErrnoException("setsockopt SO_BINDTODEVICE " + interfaceName, Errno.ENODEV);
    }
    option(
        SocketConstants.SOL_SOCKET,
        SocketConstants.SO_BINDTODEVICE,
        arena.allocateFrom(interfaceName),
        "SO_BINDTODEVICE " + interfaceName);
  }

  /** Asks for a receive buffer beyond the system's limit if we may, else up to it. */
  public void receiveBuffer(int bytes) throws ErrnoException {
    int level = SocketConstants.SOL_SOCKET;
    try {
      option(level, SocketConstants.SO_RCVBUFFORCE, bytes, "SO_RCVBUFFORCE");
    } catch (ErrnoException e) {
      option(level, SocketConstants.SO_RCVBUF, bytes, "SO_RCVBUF");
    }
  }

  /** Lets nothing in: a filter of one instruction that keeps zero bytes of every packet. */
  public void dropReceived() throws ErrnoException {
    filter(new Instruction(BPF_RET_K, 0, 0));
    option(SocketConstants.SOL_SOCKET, SocketConstants.SO_RCVBUF, 0, "SO_RCVBUF");
  }

  /** Lets in only what comes in Ethernet frames from {@code mac}. */
  public void onlyFrom(MacAddress mac) throws ErrnoException {
    filter(
        new Instruction(BPF_LD_W_ABS, 0, SKF_LL_OFF + MacAddress.LENGTH),
        new Instruction(BPF_JEQ_K, 3, (int) (mac.bits() >>> Short.SIZE)),
        new Instruction(BPF_LD_H_ABS, 0, SKF_LL_OFF + MacAddress.LENGTH + Integer.BYTES),
        new Instruction(BPF_JEQ_K, 1, (int) mac.bits() & 0xFFFF),
        new Instruction(BPF_RET_K, 0, WHOLE_PACKET),
        new Instruction(BPF_RET_K, 0, 0));
  }

  /** A classic BPF instruction; {@code otherwise} is how many to skip if a comparison fails. */
  private record Instruction(int code, int otherwise, int operand) {}

  private void filter(Instruction... instructions) throws ErrnoException {
    MemorySegment filter = allocate(SOCK_FILTER_LENGTH * instructions.length);
    for (int i = 0; i < instructions.length; i++) {
      long at = (long) i * SOCK_FILTER_LENGTH;
      Bytes.putHostU16(filter, at, instructions[i].code());
      filter.set(ValueLayout.JAVA_BYTE, at + 3, (byte) instructions[i].otherwise());
      Bytes.putHostU32(filter, at + Integer.BYTES, instructions[i].operand());
    }
    MemorySegment program = allocate(SOCK_FPROG_LENGTH);
    Bytes.putHostU16(program, 0, instructions.length);
    program.set(ADDRESS, Long.BYTES, filter);
    option(
        SocketConstants.SOL_SOCKET, SocketConstants.SO_ATTACH_FILTER, program, "SO_ATTACH_FILTER");
  }

  public void bind(MemorySegment address, int length) throws ErrnoException {
    ErrnoException.check("bind", libc.bind(fd.number(), address, length));
  }

  /** Hands the socket over to the caller, who closes it. */
  public Fd finish() {
    finished = true;
    return fd;
  }

  @Override
  public void close() {
    arena.close();
    if (!finished) {
      fd.close();
    }
  }
}
