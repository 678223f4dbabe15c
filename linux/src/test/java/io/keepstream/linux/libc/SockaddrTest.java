package io.keepstream.linux.libc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.keepstream.linux.wire.MacAddress;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class SockaddrTest {
  private final MemorySegment addr =
      MemorySegment.ofArray(new byte[Sockaddr.MAX_LENGTH]).fill((byte) 0xAA);

  @Test
  void inet() {
    int length = Sockaddr.inet(addr, InetAddress.ofLiteral("192.0.2.1"), 80, 5);
    assertThat(hex(length)).isEqualTo("02000050c00002010000000000000000");
  }

  @Test
  void inet6() {
    int length = Sockaddr.inet(addr, InetAddress.ofLiteral("fe80::1"), 443, 5);
    assertThat(hex(length)).isEqualTo("0a0001bb00000000fe80000000000000000000000000000105000000");
  }

  @Test
  void link() {
    int length = Sockaddr.link(addr, 0x0806, 3, MacAddress.parse("02:00:00:00:00:01"));
    assertThat(hex(length)).isEqualTo("110008060300000000000006" + "0200000000010000");
  }

  @Test
  void netlink() {
    assertThat(hex(Sockaddr.netlink(addr, 7))).isEqualTo("100000000700000000000000");
  }

  @Test
  void unix() {
    int length = Sockaddr.unix(addr, "/run/x");
    assertThat(length).isEqualTo(110);
    assertThat(hex(length)).startsWith("01002f72756e2f7800").endsWith("00");
    assertThatIllegalArgumentException().isThrownBy(() -> Sockaddr.unix(addr, "x".repeat(108)));
  }

  private String hex(int length) {
    return HexFormat.of().formatHex(addr.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
  }
}
