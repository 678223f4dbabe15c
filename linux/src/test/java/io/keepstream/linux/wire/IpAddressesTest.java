package io.keepstream.linux.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IpAddressesTest {
  private final MemorySegment segment = MemorySegment.ofArray(new byte[20]);

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "0.0.0.0", "255.255.255.255", "::", "fe80::1", "ff02::12"})
  void readsBackWhatWasWritten(String literal) {
    InetAddress address = InetAddress.ofLiteral(literal);
    int length = IpAddresses.write(address, segment, 3);
    assertThat(IpAddresses.read(segment, 3, length)).isEqualTo(address);
  }

  @Test
  void sixteenBytesAreAnIpv6AddressEvenIfTheyHoldAnIpv4Address() {
    segment.set(Bytes.NET_LONG, 8, 0xFFFF_C000_0201L);
    assertThat(IpAddresses.read(segment, 0, 16)).isInstanceOf(Inet6Address.class);
  }

  @Test
  void otherLengthsAreNoAddress() {
    assertThatIllegalArgumentException().isThrownBy(() -> IpAddresses.read(segment, 0, 5));
  }
}
