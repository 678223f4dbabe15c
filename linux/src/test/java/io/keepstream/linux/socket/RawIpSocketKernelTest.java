package io.keepstream.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.linux.lab.Await;
import io.keepstream.linux.lab.KernelTest;
import io.keepstream.linux.lab.Loop;
import io.keepstream.linux.lab.TwoHosts;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.socket.FdChannel.Handler;
import io.keepstream.linux.socket.FdChannel.Interest;
import io.keepstream.linux.socket.RawIpSocket.Family;
import io.keepstream.linux.wire.Bytes;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Advertisements as VRRP sends them, from one host to the other. */
@KernelTest
@Timeout(30)
final class RawIpSocketKernelTest {
  private static final int VRRP = 112;
  private static final InetAddress GROUP4 = InetAddress.ofLiteral("224.0.0.18");
  private static final InetAddress GROUP6 = InetAddress.ofLiteral("ff02::12");
  private static final InetAddress HERE4 = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress HERE6 = InetAddress.ofLiteral("fe80::1");
  private static final InetAddress THERE4 = InetAddress.ofLiteral("192.0.2.2");
  private static final String ADVERT = "313d640100640000c000026e";
  private static final int IPV4_HEADER = 20;

  private static TwoHosts hosts;

  private final Libc libc = new ForeignLibc();
  @AutoClose private final Loop loop = new Loop();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final List<Long> arrivals = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  private record Seen(
      InetAddress source,
      InetAddress destination,
      int hopLimit,
      int interfaceIndex,
      String payload) {}

  @BeforeAll
  static void build() {
    hosts = TwoHosts.create();
  }

  @AfterAll
  static void tearDown() {
    hosts.close();
  }

  private int eth0() {
    return libc.if_nametoindex("eth0");
  }

  private RawIpSocket sender4() throws Exception {
    return hosts.here(() -> sender4(eth0()));
  }

  private RawIpSocket sender4(int interfaceIndex) throws ErrnoException {
    return RawIpSocket.open(
        libc,
        Family.IPV4,
        VRRP,
        setup ->
            setup
                .headerIncluded()
                .device("eth0")
                .multicastInterface(interfaceIndex)
                .trafficClass(0xC0)
                .sendOnly());
  }

  private RawIpSocket receiver4(InetAddress address) throws Exception {
    return hosts.there(
        () ->
            RawIpSocket.open(
                libc,
                Family.IPV4,
                VRRP,
                setup -> {
                  setup.device("eth0").packetInfo().arrivalTimes().receiveBuffer(1 << 16);
                  if (address.isMulticastAddress()) {
                    setup.join(address, eth0());
                  }
                  setup.freeBind().bind(address, 0);
                }));
  }

  private RawIpSocket open6(RawIpSocket.Options options) throws ErrnoException {
    return RawIpSocket.open(
        libc,
        Family.IPV6,
        VRRP,
        setup -> options.apply(setup.checksumAt(6).device("eth0").trafficClass(0xC0)));
  }

  private void listen(RawIpSocket socket) throws Exception {
    Datagram datagram = new Datagram(1500);
    Handler handler =
        new Handler() {
          @Override
          public void onReadable() {
            int length = socket.receive(datagram);
            for (; length >= 0; length = socket.receive(datagram)) {
              seen.add(see(datagram));
              arrivals.add(datagram.arrivedNanos());
            }
            assertThat(length).isEqualTo(-Errno.EAGAIN);
          }

          @Override
          public void onError(Throwable cause) {
            failures.add(cause);
          }
        };
    loop.call(() -> FdChannel.open(loop.io(), socket.fd(), Interest.READ, handler));
  }

  private static Seen see(Datagram datagram) {
    byte[] payload = new byte[datagram.length()];
    MemorySegment.ofArray(payload)
        .copyFrom(datagram.segment().asSlice(datagram.offset(), datagram.length()));
    return new Seen(
        datagram.source().inet(),
        datagram.destination().inet(),
        datagram.hopLimit(),
        datagram.interfaceIndex(),
        HexFormat.of().formatHex(payload));
  }

  /** The header without length, identification and checksum, which the kernel fills in. */
  private static OutgoingPacket packet4(InetAddress destination) {
    OutgoingPacket packet = new OutgoingPacket(64, destination, 0);
    MemorySegment header = packet.payload();
    Bytes.putU8(header, 0, 0x45);
    Bytes.putU8(header, 1, 0xC0);
    Bytes.putU8(header, 8, 255);
    Bytes.putU8(header, 9, VRRP);
    MemorySegment.copy(MemorySegment.ofArray(HERE4.getAddress()), 0, header, 12, 4);
    MemorySegment.copy(MemorySegment.ofArray(destination.getAddress()), 0, header, 16, 4);
    putAdvert(header, IPV4_HEADER);
    return packet;
  }

  private static long wallNanos() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  private static void putAdvert(MemorySegment segment, long offset) {
    byte[] advert = HexFormat.of().parseHex(ADVERT);
    MemorySegment.copy(MemorySegment.ofArray(advert), 0, segment, offset, advert.length);
  }

  @Test
  void ipv4MulticastArrivesWithTtlAddressesAndInterface() throws Exception {
    try (RawIpSocket sender = sender4()) {
      listen(receiver4(GROUP4));
      OutgoingPacket packet = packet4(GROUP4);
      long beforeNanos = wallNanos();
      int there = hosts.there(this::eth0);
      for (int i = 1; i <= 3; i++) {
        int expected = i;
        assertThat(sender.send(packet, IPV4_HEADER + 12)).isEqualTo(IPV4_HEADER + 12);
        Await.until("advert " + i, () -> seen.size() == expected);
      }
      assertThat(seen).containsOnly(new Seen(HERE4, GROUP4, 255, there, ADVERT));
      Await.until("times", () -> arrivals.size() == seen.size());
      assertThat(arrivals).isSorted().allMatch(nanos -> nanos >= beforeNanos);
      assertThat(arrivals.getLast()).isLessThanOrEqualTo(wallNanos());
      assertThat(failures).isEmpty();
    }
  }

  @Test
  void ipv4UnicastArrivesAtTheAddressTheSocketIsBoundTo() throws Exception {
    try (RawIpSocket sender = sender4()) {
      listen(receiver4(THERE4));
      sender.send(packet4(GROUP4), IPV4_HEADER + 12);
      sender.send(packet4(THERE4), IPV4_HEADER + 12);
      Await.until("advert", () -> !seen.isEmpty());
      assertThat(seen).extracting(Seen::destination).containsExactly(THERE4);
    }
  }

  @Test
  void ipv6MulticastArrivesWithHopLimitAddressesAndInterface() throws Exception {
    int here = hosts.here(this::eth0);
    int there = hosts.there(this::eth0);
    listen(
        hosts.there(
            () ->
                open6(
                    setup ->
                        setup
                            .packetInfo()
                            .arrivalTimes()
                            .join(GROUP6, there)
                            .bind(GROUP6, there))));
    RawIpSocket sender =
        hosts.here(() -> open6(setup -> setup.multicastInterface(here).hopLimit(255).sendOnly()));
    try (sender) {
      OutgoingPacket packet = new OutgoingPacket(12, GROUP6, here).from(HERE6, here);
      putAdvert(packet.payload(), 0);
      assertThat(sender.send(packet, 12)).isEqualTo(12);
      Await.until("advert", () -> !seen.isEmpty());
    }
    Await.until("time", () -> !arrivals.isEmpty());
    assertThat(arrivals.getFirst()).isPositive();
    Seen advert = seen.getFirst();
    assertThat(advert.payload()).startsWith("313d64010064").endsWith("c000026e");
    assertThat(advert.payload()).as("checksum filled in by the kernel").isNotEqualTo(ADVERT);
    assertThat(advert).isEqualTo(new Seen(HERE6, GROUP6, 255, there, advert.payload()));
  }

  @Test
  void sendingThroughAnInterfaceThatIsDownFails() throws Exception {
    try (TwoHosts others = TwoHosts.create();
        RawIpSocket sender = others.here(() -> sender4(eth0()))) {
      others.ip("link", "set", "eth0", "down");
      assertThat(sender.send(packet4(GROUP4), IPV4_HEADER + 12)).isEqualTo(-Errno.ENETUNREACH);
    }
  }

  @Test
  void aSendOnlySocketReceivesNothing() throws Exception {
    try (RawIpSocket deaf =
            hosts.there(
                () ->
                    RawIpSocket.open(
                        libc, Family.IPV4, VRRP, setup -> setup.device("eth0").sendOnly()));
        RawIpSocket sender = sender4()) {
      listen(receiver4(THERE4));
      sender.send(packet4(THERE4), IPV4_HEADER + 12);
      Await.until("advert", () -> !seen.isEmpty());
      assertThat(deaf.receive(new Datagram(1500))).isEqualTo(-Errno.EAGAIN);
    }
  }

  @Test
  void aPacketLongerThanTheDatagramIsTruncated() throws Exception {
    try (RawIpSocket sender = sender4();
        RawIpSocket receiver = receiver4(THERE4)) {
      Datagram datagram = new Datagram(24);
      sender.send(packet4(THERE4), IPV4_HEADER + 12);
      Await.until("advert", () -> receiver.receive(datagram) >= 0);
      assertThat(datagram.truncated()).isTrue();
      assertThat(datagram.length()).isEqualTo(4);
    }
  }

  @Test
  void aFailureToOpenNamesTheCall() {
    assertThatThrownBy(
            () ->
                hosts.here(
                    () ->
                        RawIpSocket.open(
                            libc,
                            Family.IPV4,
                            VRRP,
                            setup -> setup.headerIncluded().device("nosuchdevice"))))
        .isInstanceOf(ErrnoException.class)
        .hasMessageStartingWith("setsockopt SO_BINDTODEVICE nosuchdevice: ENODEV");
  }
}
