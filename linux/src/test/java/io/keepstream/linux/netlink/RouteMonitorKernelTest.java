package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.lab.Await;
import io.keepstream.linux.lab.KernelTest;
import io.keepstream.linux.lab.Loop;
import io.keepstream.linux.lab.TwoHosts;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.RouteChange.AddressChanged;
import io.keepstream.linux.netlink.RouteChange.AddressRemoved;
import io.keepstream.linux.netlink.RouteChange.LinkChanged;
import io.keepstream.linux.netlink.RouteChange.LinkRemoved;
import io.keepstream.linux.wire.Netlink;
import io.keepstream.linux.wire.RtNetlink;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@KernelTest
@Timeout(30)
final class RouteMonitorKernelTest {
  private static final InetAddress VIP = InetAddress.ofLiteral("192.0.2.100");

  private final Libc libc = new ForeignLibc();
  @AutoClose private final TwoHosts hosts = TwoHosts.create();
  @AutoClose private final Loop loop = new Loop();
  private final List<RouteChange> changes = new CopyOnWriteArrayList<>();
  private final AtomicInteger overruns = new AtomicInteger();
  private final List<Throwable> errors = new CopyOnWriteArrayList<>();

  private final class Recorder implements RouteMonitor.Listener {
    @Override
    public void onChange(RouteChange change) {
      changes.add(change);
    }

    @Override
    public void onOverrun() {
      overruns.incrementAndGet();
    }

    @Override
    public void onError(Throwable cause) {
      errors.add(cause);
    }
  }

  private RouteMonitor open(int receiveBufferBytes) throws Exception {
    return hosts.here(() -> RouteMonitor.open(libc, receiveBufferBytes));
  }

  private void start(RouteMonitor monitor) throws Exception {
    loop.call(
        () -> {
          monitor.start(loop.io(), new Recorder());
          return null;
        });
  }

  private void await(String what, Predicate<RouteChange> expected) {
    Await.until(what, () -> changes.stream().anyMatch(expected));
  }

  @AfterEach
  void noErrors() {
    assertThat(errors).isEmpty();
  }

  @Test
  void addressesAreToldWithWhoChangedThem() throws Exception {
    start(open(1 << 20));
    try (RouteNetlink route = hosts.here(() -> RouteNetlink.open(libc))) {
      Address vip = Address.of(hosts.here(() -> libc.if_nametoindex("eth0")), VIP, 24).build();
      route.addAddress(vip);
      await("address added", change -> change instanceof AddressChanged);
      route.deleteAddress(vip);
      await("address removed", change -> change instanceof AddressRemoved);
      assertThat(changes).extracting(RouteChange::portId).containsOnly(route.socket().portId());
      assertThat(changes)
          .first()
          .isInstanceOfSatisfying(
              AddressChanged.class,
              added -> assertThat(added.address().key()).isEqualTo(vip.key()));
    }
  }

  @Test
  void ipv6AddressesAreToldWithoutWhoChangedThem() throws Exception {
    start(open(1 << 20));
    try (RouteNetlink route = hosts.here(() -> RouteNetlink.open(libc))) {
      Address vip =
          Address.of(
                  hosts.here(() -> libc.if_nametoindex("eth0")),
                  InetAddress.ofLiteral("2001:db8::64"),
                  64)
              .flags(RtNetlink.IFA_F_NODAD)
              .build();
      route.addAddress(vip);
      await("address added", change -> change instanceof AddressChanged);
      route.deleteAddress(vip);
      await("address removed", change -> change instanceof AddressRemoved);
      assertThat(changes).extracting(RouteChange::portId).containsOnly(0);
    }
  }

  @Test
  void linksAreToldWithTheirFlags() throws Exception {
    start(open(1 << 20));
    hosts.ip("link", "set", "eth0", "down");
    await("eth0 down", change -> change instanceof LinkChanged(Link link, int _) && !link.up());
    changes.clear();
    hosts.ip("link", "set", "eth0", "up");
    await("eth0 up", change -> change instanceof LinkChanged(Link link, int _) && link.usable());
    hosts.ip("link", "del", "eth0");
    await(
        "eth0 gone",
        change -> change instanceof LinkRemoved(Link link, int _) && link.name().equals("eth0"));
  }

  @Test
  void aPortLeavingABridgeIsNotTakenForALinkRemoved() throws Exception {
    hosts.ip("link", "add", "br0", "type", "bridge");
    hosts.ip("link", "set", "eth0", "master", "br0");
    start(open(1 << 20));
    hosts.ip("link", "set", "eth0", "nomaster");
    await(
        "eth0 free",
        change -> change instanceof LinkChanged(Link link, int _) && link.masterIndex() == 0);
    hosts.ip("link", "del", "br0");
    await("br0 gone", change -> change instanceof LinkRemoved);
    assertThat(changes)
        .filteredOn(change -> change instanceof LinkRemoved)
        .allMatch(
            change -> change instanceof LinkRemoved(Link link, int _) && link.name().equals("br0"));
  }

  @Test
  void whatHappensBetweenOpenAndStartIsTold() throws Exception {
    RouteMonitor monitor = open(1 << 20);
    hosts.ip("addr", "add", "192.0.2.100/24", "dev", "eth0");
    start(monitor);
    await("address added", change -> change instanceof AddressChanged);
  }

  @Test
  @Tag("NL-001")
  void newsThatFoundNoRoomAreToldAsAnOverrun() throws Exception {
    int smallest = 1;
    RouteMonitor monitor = open(smallest);
    addAndDelete(100);
    start(monitor);
    Await.until("overrun", () -> overruns.get() == 1);
    changes.clear();
    hosts.ip("addr", "add", "192.0.2.100/24", "dev", "eth0");
    await("news after the overrun", change -> change instanceof AddressChanged);
    assertThat(overruns).hasValue(1);
  }

  @Test
  void aFloodOfNewsIsToldWhole() throws Exception {
    start(open(1 << 22));
    addAndDelete(1000);
    Await.until("all news", () -> changes.size() == 2000);
    assertThat(overruns).hasValue(0);
  }

  private void addAndDelete(int count) throws Exception {
    try (RouteNetlink route = hosts.here(() -> RouteNetlink.open(libc))) {
      int eth0 = hosts.here(() -> libc.if_nametoindex("eth0"));
      List<Address> addresses =
          IntStream.range(0, count)
              .mapToObj(i -> InetAddress.ofLiteral("10.9." + i / 200 + "." + (i % 200 + 1)))
              .map(address -> Address.of(eth0, address, 32).build())
              .toList();
      assertThat(route.addAddresses(addresses)).containsOnly(new Outcome.Done());
      assertThat(route.deleteAddresses(addresses)).containsOnly(new Outcome.Done());
    }
  }

  @Test
  @Tag("NL-004")
  void othersThanTheKernelAreNotBelieved() throws Exception {
    RouteMonitor monitor = open(1 << 20);
    start(monitor);
    int eth0 = hosts.here(() -> libc.if_nametoindex("eth0"));
    try (NetlinkSocket liar =
        hosts.here(() -> NetlinkSocket.open(libc, Netlink.NETLINK_ROUTE, 1 << 16))) {
      Address lie = Address.of(eth0, VIP, 24).build();
      Liar.send(libc, liar, monitor.portId(), AddressMessages.add(lie));
    }
    hosts.ip("addr", "add", "192.0.2.101/24", "dev", "eth0");
    await("the truth", change -> change instanceof AddressChanged);
    assertThat(changes)
        .hasSize(1)
        .first()
        .isInstanceOfSatisfying(
            AddressChanged.class,
            truth -> assertThat(truth.address().key().address().getHostAddress()).endsWith(".101"));
  }

  @Test
  void closesBeforeAndAfterItsStart() throws Exception {
    RouteMonitor never = open(1 << 20);
    never.close();
    RouteMonitor monitor = open(1 << 20);
    start(monitor);
    monitor.close();
    loop.call(() -> null);
    hosts.ip("addr", "add", "192.0.2.100/24", "dev", "eth0");
    loop.call(() -> null);
    assertThat(changes).isEmpty();
  }
}
