package io.keepstream.linux.process;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.libc.SocketSetup;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The service manager that started this process and wants to know how it stands, in the way of
 * sd_notify(3). Nothing waits for it, and what it does not take is dropped.
 */
public final class ServiceManager implements AutoCloseable {
  private final Libc libc;
  private final Fd socket;
  private final String address;
  private final long watchdogNanos;

  private ServiceManager(Libc libc, Fd socket, String address, long watchdogNanos) {
    this.libc = libc;
    this.socket = socket;
    this.address = address;
    this.watchdogNanos = watchdogNanos;
  }

  /**
   * The one that {@code environment} names by {@code NOTIFY_SOCKET}, a path or {@code @} and an
   * abstract name; empty when it names none. Fails for a name that no socket can have.
   */
  public static Optional<ServiceManager> of(Libc libc, Map<String, String> environment)
      throws ErrnoException {
    String address = environment.getOrDefault("NOTIFY_SOCKET", "");
    if (!address.startsWith("/") && !address.startsWith("@")) {
      return Optional.empty();
    }
    if (address.getBytes(StandardCharsets.UTF_8).length > Sockaddr.MOST_PATH_BYTES) {
      throw new ErrnoException("NOTIFY_SOCKET", Errno.ENAMETOOLONG);
    }
    try (SocketSetup setup =
        SocketSetup.open(libc, SocketConstants.AF_UNIX, SocketConstants.SOCK_DGRAM, 0)) {
      long watchdogNanos = watchdogNanos(environment, libc.getpid());
      return Optional.of(new ServiceManager(libc, setup.finish(), address, watchdogNanos));
    }
  }

  /** The limit may be meant for another process. */
  private static long watchdogNanos(Map<String, String> environment, int pid) {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    String meant = environment.getOrDefault("WATCHDOG_PID", String.valueOf(pid));
    return micros.matches("\\d{1,15}") && meant.equals(String.valueOf(pid))
        ? TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros))
        : 0;
  }

  /** How long it waits for a sign of life before it ends this process; 0 for ever. */
  public long watchdogNanos() {
    return watchdogNanos;
  }

  /** Tells it {@code assignments}, as in {@code READY=1}; false when it does not take them. */
  public boolean tell(String... assignments) {
    byte[] bytes = String.join("\n", assignments).getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment message = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      MemorySegment addr = arena.allocate(Sockaddr.MAX_LENGTH);
      int length =
          address.startsWith("@")
              ? Sockaddr.abstractUnix(addr, address.substring(1))
              : Sockaddr.unix(addr, address);
      return libc.sendto(socket.number(), message, bytes.length, 0, addr, length) == bytes.length;
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
