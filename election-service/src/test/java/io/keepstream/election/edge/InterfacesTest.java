package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.netlink.Address;
import io.keepstream.linux.netlink.Link;
import io.keepstream.linux.netlink.RouteChange.AddressChanged;
import io.keepstream.linux.wire.MacAddress;
import java.net.InetAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InterfacesTest {
  private static final int INDEX = 7;
  private static final int FROM_THE_KERNEL = 0;
  private static final InetAddress OWN = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress VIRTUAL = InetAddress.ofLiteral("192.0.2.100");
  private static final Link LINK =
      new Link(INDEX, "eth0", "", 1, MacAddress.parse("02:00:00:00:00:01"), 0, 1500, 0, 0, 0);

  private final Interfaces interfaces = new Interfaces();

  @Test
  void anAddressSetForAnotherInstanceIsNoSource() {
    appears(VIRTUAL, Address.PROTOCOL_KEEPALIVED);
    assertThat(source(Set.of())).isNull();
    appears(OWN, FROM_THE_KERNEL);
    assertThat(source(Set.of())).isEqualTo(OWN);
  }

  @Test
  void anAddressOfTheInstanceIsNoSourceWhoeverHasSetIt() {
    appears(VIRTUAL, FROM_THE_KERNEL);
    assertThat(source(Set.of(VIRTUAL))).isNull();
    assertThat(source(Set.of())).isEqualTo(VIRTUAL);
  }

  private void appears(InetAddress address, int protocol) {
    interfaces.apply(
        new AddressChanged(Address.of(INDEX, address, 24).protocol(protocol).build(), 0));
  }

  private InetAddress source(Set<InetAddress> virtual) {
    return interfaces.primaryAddress(LINK, false, virtual);
  }
}
