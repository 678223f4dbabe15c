package io.keepstream.linux.libc;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * {@link Libc} by the foreign function interface of the JDK.
 *
 * <p>The handles are static constants so that the compiler can inline them, and {@code errno} is
 * captured by the linker into memory of the calling thread before anything else of the JVM can
 * change it.
 */
public final class ForeignLibc implements Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LOOKUP = LINKER.defaultLookup();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO = CALL_STATE.byteOffset(PathElement.groupElement("errno"));
  static final ThreadLocal<MemorySegment> STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CALL_STATE));

  private static final MethodHandle SOCKET =
      call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      call("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CONNECT =
      call("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle GETSOCKNAME =
      call("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle SETSOCKOPT =
      call(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle GETSOCKOPT =
      call(
          "getsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle SENDTO =
      call(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SENDMSG =
      call("sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle RECVMSG =
      call("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle POLL =
      call("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle CLOSE =
      call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle OPEN =
      call(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle READ =
      call("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle GETPID = call("getpid", FunctionDescriptor.of(JAVA_INT));
  private static final MethodHandle PRCTL =
      call(
          "prctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle SIGNAL =
      call("signal", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG));

  @SuppressWarnings("restricted") // this class is the one door to native code
  static MethodHandle call(String name, FunctionDescriptor descriptor, Linker.Option... more) {
    Linker.Option[] options = new Linker.Option[more.length + 1];
    options[0] = Linker.Option.captureCallState("errno");
    System.arraycopy(more, 0, options, 1, more.length);
    return LINKER.downcallHandle(LOOKUP.findOrThrow(name), descriptor, options);
  }

  @Override
  public int socket(int domain, int type, int protocol) {
    MemorySegment state = STATE.get();
    try {
      return result((int) SOCKET.invokeExact(state, domain, type, protocol), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int bind(int sockfd, MemorySegment addr, int addrlen) {
    MemorySegment state = STATE.get();
    try {
      return result((int) BIND.invokeExact(state, sockfd, addr, addrlen), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int connect(int sockfd, MemorySegment addr, int addrlen) {
    MemorySegment state = STATE.get();
    try {
      return result((int) CONNECT.invokeExact(state, sockfd, addr, addrlen), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int getsockname(int sockfd, MemorySegment addr, MemorySegment addrlen) {
    MemorySegment state = STATE.get();
    try {
      return result((int) GETSOCKNAME.invokeExact(state, sockfd, addr, addrlen), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int setsockopt(int sockfd, int level, int optname, MemorySegment optval, int optlen) {
    MemorySegment state = STATE.get();
    try {
      return result(
          (int) SETSOCKOPT.invokeExact(state, sockfd, level, optname, optval, optlen), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int getsockopt(
      int sockfd, int level, int optname, MemorySegment optval, MemorySegment optlen) {
    MemorySegment state = STATE.get();
    try {
      return result(
          (int) GETSOCKOPT.invokeExact(state, sockfd, level, optname, optval, optlen), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public long sendto(
      int sockfd, MemorySegment buf, long len, int flags, MemorySegment addr, int addrlen) {
    MemorySegment state = STATE.get();
    try {
      return result(
          (long) SENDTO.invokeExact(state, sockfd, buf, len, flags, addr, addrlen), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public long sendmsg(int sockfd, MemorySegment msg, int flags) {
    MemorySegment state = STATE.get();
    try {
      return result((long) SENDMSG.invokeExact(state, sockfd, msg, flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public long recvmsg(int sockfd, MemorySegment msg, int flags) {
    MemorySegment state = STATE.get();
    try {
      return result((long) RECVMSG.invokeExact(state, sockfd, msg, flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int poll(MemorySegment fds, long nfds, int timeoutMillis) {
    MemorySegment state = STATE.get();
    try {
      return result((int) POLL.invokeExact(state, fds, nfds, timeoutMillis), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int close(int fd) {
    MemorySegment state = STATE.get();
    try {
      return result((int) CLOSE.invokeExact(state, fd), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int open(String pathname, int flags, int mode) {
    MemorySegment state = STATE.get();
    try (Arena arena = Arena.ofConfined()) {
      return result(
          (int) OPEN.invokeExact(state, arena.allocateFrom(pathname), flags, mode), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int mkfifo(String pathname, int mode) {
    MemorySegment state = STATE.get();
    try (Arena arena = Arena.ofConfined()) {
      return result(
          (int) RareCalls.MKFIFO.invokeExact(state, arena.allocateFrom(pathname), mode), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public long read(int fd, MemorySegment buf, long count) {
    MemorySegment state = STATE.get();
    try {
      return result((long) READ.invokeExact(state, fd, buf, count), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int inotify_init1(int flags) {
    MemorySegment state = STATE.get();
    try {
      return result((int) RareCalls.INOTIFY_INIT1.invokeExact(state, flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int inotify_add_watch(int fd, String pathname, int mask) {
    MemorySegment state = STATE.get();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(pathname);
      return result((int) RareCalls.INOTIFY_ADD_WATCH.invokeExact(state, fd, path, mask), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int if_nametoindex(String ifname) {
    MemorySegment state = STATE.get();
    try (Arena arena = Arena.ofConfined()) {
      int index = (int) RareCalls.IF_NAMETOINDEX.invokeExact(state, arena.allocateFrom(ifname));
      return index == 0 ? -state.get(JAVA_INT, ERRNO) : index;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int setns(int fd, int nstype) {
    MemorySegment state = STATE.get();
    try {
      return result((int) RareCalls.SETNS.invokeExact(state, fd, nstype), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int getpid() {
    try {
      return (int) GETPID.invokeExact(STATE.get());
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int geteuid() {
    try {
      return (int) RareCalls.GETEUID.invokeExact(STATE.get());
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int sched_setscheduler(int pid, int policy, int priority) {
    MemorySegment state = STATE.get();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment param = arena.allocateFrom(JAVA_INT, priority);
      return result(
          (int) RareCalls.SCHED_SETSCHEDULER.invokeExact(state, pid, policy, param), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int mlockall(int flags) {
    MemorySegment state = STATE.get();
    try {
      return result((int) RareCalls.MLOCKALL.invokeExact(state, flags), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int munlockall() {
    MemorySegment state = STATE.get();
    try {
      return result((int) RareCalls.MUNLOCKALL.invokeExact(state), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int prctl(int option, long argument) {
    MemorySegment state = STATE.get();
    try {
      return result((int) PRCTL.invokeExact(state, option, argument), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int kill(int pid, int sig) {
    MemorySegment state = STATE.get();
    try {
      return result((int) RareCalls.KILL.invokeExact(state, pid, sig), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public long signal(int signum, long handler) {
    MemorySegment state = STATE.get();
    try {
      return result((long) SIGNAL.invokeExact(state, signum, handler), state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int result(int returned, MemorySegment state) {
    return returned == -1 ? -state.get(JAVA_INT, ERRNO) : returned;
  }

  private static long result(long returned, MemorySegment state) {
    return returned == -1 ? -state.get(JAVA_INT, ERRNO) : returned;
  }

  /**
   * A downcall throws only when it was called with a dead or missing segment: a mistake of ours.
   */
  static RuntimeException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException mistake ? mistake : new IllegalStateException(e);
  }
}
