package io.keepstream.linux.libc;

import static io.keepstream.linux.libc.NativeFunction.address;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/** {@link Libc} by the foreign function interface of the JDK. */
public final class ForeignLibc implements Libc {
  private static final NativeFunction SOCKET = new NativeFunction("socket");
  private static final NativeFunction BIND = new NativeFunction("bind");
  private static final NativeFunction CONNECT = new NativeFunction("connect");
  private static final NativeFunction GETSOCKNAME = new NativeFunction("getsockname");
  private static final NativeFunction SETSOCKOPT = new NativeFunction("setsockopt");
  private static final NativeFunction GETSOCKOPT = new NativeFunction("getsockopt");
  private static final NativeFunction SENDTO = new NativeFunction("sendto");
  private static final NativeFunction SENDMSG = new NativeFunction("sendmsg");
  private static final NativeFunction RECVMSG = new NativeFunction("recvmsg");
  private static final NativeFunction POLL = new NativeFunction("poll");
  private static final NativeFunction CLOSE = new NativeFunction("close");
  private static final NativeFunction OPEN = new NativeFunction("open");
  private static final NativeFunction MKFIFO = new NativeFunction("mkfifo");
  private static final NativeFunction READ = new NativeFunction("read");
  private static final NativeFunction INOTIFY_INIT1 = new NativeFunction("inotify_init1");
  private static final NativeFunction INOTIFY_ADD_WATCH = new NativeFunction("inotify_add_watch");
  private static final NativeFunction IF_NAMETOINDEX = new NativeFunction("if_nametoindex");
  private static final NativeFunction SETNS = new NativeFunction("setns");
  private static final NativeFunction GETPID = new NativeFunction("getpid");
  private static final NativeFunction GETEUID = new NativeFunction("geteuid");
  private static final NativeFunction SCHED_SETSCHEDULER = new NativeFunction("sched_setscheduler");
  private static final NativeFunction MLOCKALL = new NativeFunction("mlockall");
  private static final NativeFunction MUNLOCKALL = new NativeFunction("munlockall");
  private static final NativeFunction PRCTL = new NativeFunction("prctl");
  private static final NativeFunction KILL = new NativeFunction("kill");
  private static final NativeFunction SIGNAL = new NativeFunction("signal");

  @Override
  public int socket(int domain, int type, int protocol) {
    return SOCKET.callInt(domain, type, protocol);
  }

  @Override
  public int bind(int sockfd, MemorySegment addr, int addrlen) {
    try {
      return BIND.callInt(sockfd, address(addr), addrlen);
    } finally {
      Reference.reachabilityFence(addr);
    }
  }

  @Override
  public int connect(int sockfd, MemorySegment addr, int addrlen) {
    try {
      return CONNECT.callInt(sockfd, address(addr), addrlen);
    } finally {
      Reference.reachabilityFence(addr);
    }
  }

  @Override
  public int getsockname(int sockfd, MemorySegment addr, MemorySegment addrlen) {
    try {
      return GETSOCKNAME.callInt(sockfd, address(addr), address(addrlen));
    } finally {
      Reference.reachabilityFence(addr);
      Reference.reachabilityFence(addrlen);
    }
  }

  @Override
  public int setsockopt(int sockfd, int level, int optname, MemorySegment optval, int optlen) {
    try {
      return SETSOCKOPT.callInt(sockfd, level, optname, address(optval), optlen);
    } finally {
      Reference.reachabilityFence(optval);
    }
  }

  @Override
  public int getsockopt(
      int sockfd, int level, int optname, MemorySegment optval, MemorySegment optlen) {
    try {
      return GETSOCKOPT.callInt(sockfd, level, optname, address(optval), address(optlen));
    } finally {
      Reference.reachabilityFence(optval);
      Reference.reachabilityFence(optlen);
    }
  }

  @Override
  public long sendto(
      int sockfd, MemorySegment buf, long len, int flags, MemorySegment addr, int addrlen) {
    try {
      return SENDTO.callLong(sockfd, address(buf), len, flags, address(addr), addrlen);
    } finally {
      Reference.reachabilityFence(buf);
      Reference.reachabilityFence(addr);
    }
  }

  @Override
  public long sendmsg(int sockfd, MemorySegment msg, int flags) {
    try {
      return SENDMSG.callLong(sockfd, address(msg), flags);
    } finally {
      Reference.reachabilityFence(msg);
    }
  }

  @Override
  public long recvmsg(int sockfd, MemorySegment msg, int flags) {
    try {
      return RECVMSG.callLong(sockfd, address(msg), flags);
    } finally {
      Reference.reachabilityFence(msg);
    }
  }

  @Override
  public int poll(MemorySegment fds, long nfds, int timeoutMillis) {
    try {
      return POLL.callInt(address(fds), nfds, timeoutMillis);
    } finally {
      Reference.reachabilityFence(fds);
    }
  }

  @Override
  public int close(int fd) {
    return CLOSE.callInt(fd);
  }

  @Override
  public int open(String pathname, int flags, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      return OPEN.callInt(address(arena.allocateFrom(pathname)), flags, mode);
    }
  }

  @Override
  public int mkfifo(String pathname, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      return MKFIFO.callInt(address(arena.allocateFrom(pathname)), mode);
    }
  }

  @Override
  public long read(int fd, MemorySegment buf, long count) {
    try {
      return READ.callLong(fd, address(buf), count);
    } finally {
      Reference.reachabilityFence(buf);
    }
  }

  @Override
  public int inotify_init1(int flags) {
    return INOTIFY_INIT1.callInt(flags);
  }

  @Override
  public int inotify_add_watch(int fd, String pathname, int mask) {
    try (Arena arena = Arena.ofConfined()) {
      return INOTIFY_ADD_WATCH.callInt(fd, address(arena.allocateFrom(pathname)), mask);
    }
  }

  @Override
  public int if_nametoindex(String ifname) {
    try (Arena arena = Arena.ofConfined()) {
      int index = IF_NAMETOINDEX.callInt(address(arena.allocateFrom(ifname)));
      return index == 0 ? -NativeFunction.lastErrno() : index;
    }
  }

  @Override
  public int setns(int fd, int nstype) {
    return SETNS.callInt(fd, nstype);
  }

  @Override
  public int getpid() {
    return GETPID.callInt();
  }

  @Override
  public int geteuid() {
    return GETEUID.callInt();
  }

  @Override
  public int sched_setscheduler(int pid, int policy, int priority) {
    try (Arena arena = Arena.ofConfined()) {
      return SCHED_SETSCHEDULER.callInt(
          pid, policy, address(arena.allocateFrom(JAVA_INT, priority)));
    }
  }

  @Override
  public int mlockall(int flags) {
    return MLOCKALL.callInt(flags);
  }

  @Override
  public int munlockall() {
    return MUNLOCKALL.callInt();
  }

  @Override
  public int prctl(int option, long argument) {
    return PRCTL.callInt(option, argument);
  }

  @Override
  public int kill(int pid, int sig) {
    return KILL.callInt(pid, sig);
  }

  @Override
  public long signal(int signum, long handler) {
    return SIGNAL.callLong(signum, handler, 0);
  }
}
