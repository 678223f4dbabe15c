package io.keepstream.linux.libc;

import java.lang.foreign.MemorySegment;

/**
 * The calls of the C library that Keepstream makes, by their manual-page names and with their
 * manual-page arguments. Each returns what the manual says on success and {@code -errno} on
 * failure, see {@link Errno}.
 */
public interface Libc {
  int O_RDONLY = 0;
  int O_WRONLY = 1;
  int O_RDWR = 2;
  int O_NONBLOCK = 0x800;
  int O_CLOEXEC = 0x80000;
  int CLONE_NEWNET = 0x4000_0000;
  int SCHED_OTHER = 0;
  int SCHED_RR = 2;
  int SCHED_RESET_ON_FORK = 0x4000_0000;
  int MCL_CURRENT = 1;
  int MCL_FUTURE = 2;
  int MCL_ONFAULT = 4;
  int PR_SET_TIMERSLACK = 29;
  short POLLIN = 1;
  long SIG_IGN = 1;

  /** The first and the last of the signals that the C library leaves to programs. */
  int SIGRTMIN = 34;

  int SIGRTMAX = 64;

  int socket(int domain, int type, int protocol);

  int bind(int sockfd, MemorySegment addr, int addrlen);

  int connect(int sockfd, MemorySegment addr, int addrlen);

  /** {@code addrlen} is an int, given as capacity and answered as length. */
  int getsockname(int sockfd, MemorySegment addr, MemorySegment addrlen);

  int setsockopt(int sockfd, int level, int optname, MemorySegment optval, int optlen);

  /** {@code optlen} is an int, given as capacity and answered as length. */
  int getsockopt(int sockfd, int level, int optname, MemorySegment optval, MemorySegment optlen);

  long sendto(int sockfd, MemorySegment buf, long len, int flags, MemorySegment addr, int addrlen);

  /** {@code msg} is a {@link MessageHeader#segment}. */
  long sendmsg(int sockfd, MemorySegment msg, int flags);

  /** {@code msg} is a {@link MessageHeader#segment}. */
  long recvmsg(int sockfd, MemorySegment msg, int flags);

  /** {@code fds} is an array of {@code nfds} structures pollfd. */
  int poll(MemorySegment fds, long nfds, int timeoutMillis);

  int close(int fd);

  int open(String pathname, int flags, int mode);

  int mkfifo(String pathname, int mode);

  long read(int fd, MemorySegment buf, long count);

  int inotify_init1(int flags);

  int inotify_add_watch(int fd, String pathname, int mask);

  /** The index of an interface of the calling thread's network namespace. */
  int if_nametoindex(String ifname);

  /** Moves the calling thread, and no other, into a namespace. */
  int setns(int fd, int nstype);

  int getpid();

  int geteuid();

  /** {@code pid} 0 is the calling thread. */
  int sched_setscheduler(int pid, int policy, int priority);

  int mlockall(int flags);

  int munlockall();

  /** For the options of the calling thread that take one number. */
  int prctl(int option, long argument);

  int kill(int pid, int sig);

  /** {@code handler} is {@link #SIG_IGN} or another constant; answers the one before. */
  long signal(int signum, long handler);
}
