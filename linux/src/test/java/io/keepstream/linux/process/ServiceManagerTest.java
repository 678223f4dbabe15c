package io.keepstream.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Fd;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.Sockaddr;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.linux.libc.SocketSetup;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceManagerTest {
  private static final Libc LIBC = new ForeignLibc();

  @TempDir private Path directory;

  @Test
  void itIsToldAtAPath() throws ErrnoException {
    String path = directory.resolve("notify").toString();
    assertThat(told(path)).isEqualTo("READY=1\nSTATUS=MASTER of VI_1 \u2713");
  }

  @Test
  void itIsToldUnderAnAbstractName() throws ErrnoException {
    String name = "keepstream-test-" + ProcessHandle.current().pid();
    assertThat(told("@" + name)).startsWith("READY=1\n");
  }

  private static String told(String address) throws ErrnoException {
    try (Arena arena = Arena.ofConfined();
        Fd listener = listen(address);
        ServiceManager manager =
            ServiceManager.of(LIBC, Map.of("NOTIFY_SOCKET", address)).orElseThrow()) {
      assertThat(manager.tell("READY=1", "STATUS=MASTER of VI_1 \u2713")).isTrue();
      MemorySegment buffer = arena.allocate(1000);
      int length = (int) LIBC.read(listener.number(), buffer, buffer.byteSize());
      return new String(
          buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }
  }

  private static Fd listen(String address) throws ErrnoException {
    try (SocketSetup setup =
        SocketSetup.open(LIBC, SocketConstants.AF_UNIX, SocketConstants.SOCK_DGRAM, 0)) {
      MemorySegment addr = setup.allocate(Sockaddr.MAX_LENGTH);
      int length =
          address.startsWith("@")
              ? Sockaddr.abstractUnix(addr, address.substring(1))
              : Sockaddr.unix(addr, address);
      ErrnoException.check("bind", LIBC.bind(setup.fd().number(), addr, length));
      return setup.finish();
    }
  }

  @Test
  void whoIsNotThereHearsNothing() throws ErrnoException {
    String path = directory.resolve("nobody").toString();
    try (ServiceManager manager =
        ServiceManager.of(LIBC, Map.of("NOTIFY_SOCKET", path)).orElseThrow()) {
      assertThat(manager.tell("READY=1")).isFalse();
    }
    assertThat(ServiceManager.of(LIBC, Map.of())).isEmpty();
    assertThat(ServiceManager.of(LIBC, Map.of("NOTIFY_SOCKET", ""))).isEmpty();
    assertThat(ServiceManager.of(LIBC, Map.of("NOTIFY_SOCKET", "vsock:2:1"))).isEmpty();
  }

  @Test
  void aNameThatNoSocketCanHaveIsToldAtOnce() {
    Map<String, String> environment = Map.of("NOTIFY_SOCKET", "/" + "x".repeat(107));
    assertThatThrownBy(() -> ServiceManager.of(LIBC, environment))
        .isInstanceOf(ErrnoException.class)
        .hasMessageContaining("NOTIFY_SOCKET: ENAMETOOLONG");
  }

  @Test
  void theWatchdogMayBeMeantForAnother() throws ErrnoException {
    String own = String.valueOf(ProcessHandle.current().pid());
    assertThat(watchdogNanos("5000000", own)).isEqualTo(5_000_000_000L);
    assertThat(watchdogNanos("5000000", "1")).isZero();
    assertThat(watchdogNanos("soon", own)).isZero();
  }

  private static long watchdogNanos(String micros, String pid) throws ErrnoException {
    Map<String, String> environment =
        Map.of("NOTIFY_SOCKET", "/none", "WATCHDOG_USEC", micros, "WATCHDOG_PID", pid);
    try (ServiceManager manager = ServiceManager.of(LIBC, environment).orElseThrow()) {
      return manager.watchdogNanos();
    }
  }
}
