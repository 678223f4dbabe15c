package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.linux.lab.KernelTest;
import io.keepstream.linux.lab.TwoHosts;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.RtNetlink;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@KernelTest
@Timeout(30)
final class RouteNetlinkKernelTest {
  private static final InetAddress VIP = InetAddress.ofLiteral("192.0.2.100");
  private static final InetAddress VIP6 = InetAddress.ofLiteral("2001:db8::64");

  private final Libc libc = new ForeignLibc();
  @AutoClose private final TwoHosts hosts = TwoHosts.create();
  @AutoClose private RouteNetlink route;
  private int eth0;

  @BeforeEach
  void open() throws Exception {
    route = hosts.here(() -> RouteNetlink.open(libc));
    eth0 = link("eth0").index();
  }

  private Link link(String name) throws Exception {
    return route.links().stream()
        .filter(link -> link.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Optional<Address> find(Address address) throws Exception {
    return route.addresses().stream()
        .filter(found -> found.key().equals(address.key()))
        .findFirst();
  }

  @Test
  void ipv4AddressesComeAndGo() throws Exception {
    Address vip =
        Address.of(eth0, InetAddress.ofLiteral("203.0.113.100"), 24)
            .label("eth0:1")
            .broadcast(InetAddress.ofLiteral("203.0.113.255"))
            .scope(RtNetlink.RT_SCOPE_LINK)
            .flags(RtNetlink.IFA_F_NOPREFIXROUTE)
            .build();
    assertThat(route.addAddress(vip)).isEqualTo(new Outcome.Done());

    Address found = find(vip).orElseThrow();
    assertThat(found.label()).isEqualTo("eth0:1");
    assertThat(found.broadcast()).isEqualTo(vip.broadcast());
    assertThat(found.scope()).isEqualTo(RtNetlink.RT_SCOPE_LINK);
    assertThat(found.protocol()).isEqualTo(Address.PROTOCOL_KEEPALIVED);
    assertThat(found.validSeconds()).isEqualTo(Address.FOREVER);
    assertThat(found.flags() & RtNetlink.IFA_F_NOPREFIXROUTE).isNotZero();
    assertThat(hosts.ip("addr", "show", "eth0")).contains("203.0.113.100/24").contains("eth0:1");

    assertThat(route.addAddress(vip)).isEqualTo(new Outcome.AlreadyThere());
    assertThat(route.deleteAddress(vip)).isEqualTo(new Outcome.Done());
    assertThat(route.deleteAddress(vip)).isEqualTo(new Outcome.Absent());
    assertThat(find(vip)).isEmpty();
  }

  @Test
  void allAddressesOfASubnetHaveOneScope() {
    Address other = Address.of(eth0, VIP, 24).scope(RtNetlink.RT_SCOPE_LINK).build();
    assertThat(route.addAddress(other).toString()).startsWith("EINVAL: Invalid argument");
  }

  @Test
  void ipv6AddressesComeAndGo() throws Exception {
    Address vip =
        Address.of(eth0, VIP6, 128)
            .flags(RtNetlink.IFA_F_NODAD)
            .lifetimes(0, Address.FOREVER)
            .build();
    assertThat(route.addAddress(vip)).isEqualTo(new Outcome.Done());

    Address found = find(vip).orElseThrow();
    assertThat(found.flags() & RtNetlink.IFA_F_DEPRECATED).isNotZero();
    assertThat(found.tentative()).isFalse();
    assertThat(found.preferredSeconds()).isZero();
    assertThat(found.protocol()).isEqualTo(Address.PROTOCOL_KEEPALIVED);

    assertThat(route.addAddress(vip)).isEqualTo(new Outcome.AlreadyThere());
    assertThat(route.deleteAddress(vip)).isEqualTo(new Outcome.Done());
    assertThat(route.deleteAddress(vip)).isEqualTo(new Outcome.Absent());
  }

  @Test
  void aPeerIsReadBack() throws Exception {
    Address pair = Address.of(eth0, VIP, 32).peer(InetAddress.ofLiteral("198.51.100.7")).build();
    assertThat(route.addAddress(pair)).isEqualTo(new Outcome.Done());
    assertThat(find(pair).orElseThrow().peer()).isEqualTo(pair.peer());
    assertThat(route.deleteAddress(pair)).isEqualTo(new Outcome.Done());
  }

  @Test
  void theKernelSaysWhyItFails() {
    Address nowhere = Address.of(9999, VIP, 24).build();
    assertThat(route.addAddress(nowhere))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.errno()).isEqualTo(Errno.ENODEV));
    assertThat(route.deleteAddress(nowhere)).isEqualTo(new Outcome.Absent());
    assertThat(route.addAddress(Address.of(eth0, VIP, 33).build()).achieved()).isFalse();
    assertThat(route.deleteAddress(Address.of(eth0, VIP, 25).build()))
        .isEqualTo(new Outcome.Absent());
    assertThat(route.addAddress(Address.of(eth0, VIP6, 64).lifetimes(20, 10).build()).achieved())
        .isFalse();
    assertThat(route.addAddress(Address.of(eth0, VIP, 24).label("eth0:too-long-a-label").build()))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.errno()).isEqualTo(Errno.ERANGE);
              assertThat(failed.text()).as("what the kernel says").isNotEmpty();
            });
  }

  @Test
  void hundredsOfAddressesComeAndGoInOrder() throws Exception {
    List<Address> vips =
        IntStream.range(0, 300)
            .mapToObj(i -> InetAddress.ofLiteral("10.9." + i / 200 + "." + (i % 200 + 1)))
            .map(address -> Address.of(eth0, address, 32).build())
            .toList();
    route.addAddress(vips.get(150));
    List<Outcome> expected =
        new ArrayList<>(vips.stream().<Outcome>map(_ -> new Outcome.Done()).toList());
    expected.set(150, new Outcome.AlreadyThere());
    assertThat(route.addAddresses(vips)).isEqualTo(expected);
    assertThat(route.addresses()).hasSizeGreaterThanOrEqualTo(300);

    route.deleteAddress(vips.get(150));
    expected.set(150, new Outcome.Absent());
    assertThat(route.deleteAddresses(vips)).isEqualTo(expected);
  }

  @Test
  void linksTellWhatTheyAre() throws Exception {
    hosts.ip(
        "link",
        "add",
        "vrrp.51",
        "link",
        "eth0",
        "address",
        "00:00:5e:00:01:33",
        "type",
        "macvlan");
    hosts.ip("link", "add", "br0", "type", "bridge");
    hosts.ip("link", "add", "dummy0", "type", "veth");
    hosts.ip("link", "set", "dummy0", "master", "br0");

    Link macvlan = link("vrrp.51");
    assertThat(macvlan.kind()).isEqualTo("macvlan");
    assertThat(macvlan.mac()).hasToString("00:00:5e:00:01:33");
    assertThat(macvlan.lowerIndex()).isEqualTo(eth0);
    assertThat(macvlan.up()).isFalse();
    assertThat(link("dummy0").masterIndex()).isEqualTo(link("br0").index());
    assertThat(link("eth0").usable()).isTrue();
    assertThat(link("eth0").operState()).isEqualTo(RtNetlink.IF_OPER_UP);
    assertThat(link("eth0").mtu()).isEqualTo(1500);
    assertThat(link("lo").lowerIndex()).isZero();
  }

  @Test
  void anAnswerThatFindsNoRoomIsSaidToBeLost() throws Exception {
    int smallest = 1;
    try (RouteNetlink narrow = hosts.here(() -> RouteNetlink.open(libc, smallest))) {
      List<Address> vips =
          IntStream.range(1, 100)
              .mapToObj(i -> InetAddress.ofLiteral("10.8.0." + i))
              .map(address -> Address.of(eth0, address, 32).build())
              .toList();
      assertThat(narrow.addAddresses(vips)).hasSize(99).containsOnly(new Outcome.Done());
      assertThat(narrow.addAddresses(vips))
          .as("refusals, which are told one by one")
          .hasSize(99)
          .contains(new Outcome.AlreadyThere(), new Outcome.Failed(Errno.ENOBUFS, "no answer"))
          .doesNotContain(new Outcome.Done());
      assertThat(narrow.addAddress(vips.getLast())).isEqualTo(new Outcome.AlreadyThere());
    }
  }

  @Test
  void othersThanTheKernelAreNotBelieved() throws Exception {
    NetlinkSocket socket = route.socket();
    try (NetlinkSocket liar = hosts.here(() -> open(Netlink.NETLINK_ROUTE))) {
      Liar.send(
          libc, liar, socket.portId(), AddressMessages.add(Address.of(eth0, VIP, 24).build()));
    }
    List<Integer> types = new ArrayList<>();
    assertThat(socket.receive(message -> types.add(message.type()))).isZero();
    assertThat(socket.receive(message -> types.add(message.type()))).isEqualTo(-Errno.EAGAIN);
    assertThat(types).isEmpty();
  }

  private NetlinkSocket open(int protocol) throws Exception {
    return NetlinkSocket.open(libc, protocol, 1 << 16);
  }

  @Test
  void aProtocolThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> open(31)).hasMessageStartingWith("socket: EPROTONOSUPPORT");
  }
}
