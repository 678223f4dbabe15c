package io.keepstream.linux.libc;

import static io.keepstream.linux.libc.SocketConstants.AF_INET;
import static io.keepstream.linux.libc.SocketConstants.SOCK_DGRAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

final class SocketSetupTest {
  private final Libc libc = new ForeignLibc();

  @Test
  void closesTheSocketUnlessFinished() throws Exception {
    Fd unfinished;
    Fd finished;
    try (SocketSetup setup = SocketSetup.open(libc, AF_INET, SOCK_DGRAM, 0)) {
      unfinished = setup.fd();
    }
    try (SocketSetup setup = SocketSetup.open(libc, AF_INET, SOCK_DGRAM, 0)) {
      finished = setup.finish();
    }
    try (finished) {
      assertThat(unfinished.isOpen()).isFalse();
      assertThat(finished.isOpen()).isTrue();
    }
  }

  @Test
  void namesTheCallThatFailed() throws Exception {
    assertThatThrownBy(() -> SocketSetup.open(libc, 99, SOCK_DGRAM, 0))
        .hasMessage("socket: EAFNOSUPPORT: Address family not supported by protocol");
    try (SocketSetup setup = SocketSetup.open(libc, AF_INET, SOCK_DGRAM, 0)) {
      assertThatThrownBy(() -> setup.bindToDevice("nosuchinterface"))
          .hasMessageStartingWith("setsockopt SO_BINDTODEVICE nosuchinterface: ENODEV");
      assertThatThrownBy(() -> setup.bindToDevice("an-interface-name-too-long"))
          .hasMessageContaining("ENODEV");
      assertThatThrownBy(() -> setup.option(SocketConstants.IPPROTO_IP, 250, 1, "IP_NOSUCH"))
          .hasMessageStartingWith("setsockopt IP_NOSUCH: ENOPROTOOPT");
    }
  }

  @Test
  void aDescriptorClosesOnce() throws Exception {
    Fd first = open();
    first.close();
    assertThat(first.number()).isEqualTo(-1);
    try (Fd second = open()) {
      first.close();
      assertThat(second.isOpen()).isTrue();
      assertThat(libc.getsockname(second.number(), address(), length())).isZero();
    }
  }

  private static MemorySegment address() {
    return Arena.ofAuto().allocate(Sockaddr.MAX_LENGTH);
  }

  private static MemorySegment length() {
    return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_INT, Sockaddr.MAX_LENGTH);
  }

  private Fd open() throws ErrnoException {
    try (SocketSetup setup = SocketSetup.open(libc, AF_INET, SOCK_DGRAM, 0)) {
      return setup.finish();
    }
  }
}
