package io.keepstream.lvs.wire;

import static io.keepstream.lvs.wire.Wire.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Forwarding;
import io.keepstream.lvs.ipvs.Persistence;
import io.keepstream.lvs.ipvs.Protocol;
import io.keepstream.lvs.ipvs.ServiceFlag;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.SyncDaemon;
import io.keepstream.lvs.ipvs.Timeouts;
import io.keepstream.lvs.ipvs.Tunnel;
import io.keepstream.lvs.ipvs.VirtualService;
import io.keepstream.testkit.Proves;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes of a little-endian machine, behind the netlink header. */
class IpvsRequestsTest {
  private static final IpvsRequests TO = new IpvsRequests(28);
  private static final InetAddress V4 = InetAddress.ofLiteral("10.1.1.1");
  private static final InetAddress V6 = InetAddress.ofLiteral("fd01::1");
  private static final ServiceKey WEB = new ServiceKey.Address(Protocol.TCP, V4, 80);
  private static final ServiceKey DNS = new ServiceKey.Address(Protocol.UDP, V6, 53);
  private static final ServiceKey MARK = new ServiceKey.FirewallMark(Family.IPV4, 7);

  private static final String V4_16 = "0a010101 00000000 00000000 00000000";
  private static final String V6_16 = "fd010000 00000000 00000000 00000001";

  private static final String WEB_KEY =
      "0600 0100 0200 0000" // AF_INET
          + "0600 0200 0600 0000" // TCP
          + "1400 0300"
          + V4_16 // the address in 16 bytes
          + "0600 0400 0050 0000"; // port 80, big-endian

  private static final String DNS_KEY =
      "0600 0100 0a00 0000" + "0600 0200 1100 0000" + "1400 0300" + V6_16 + "0600 0400 0035 0000";

  @BeforeEach
  void littleEndian() {
    assumeThat(ByteOrder.nativeOrder()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  record Row(String name, NetlinkMessage message, String body) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Destination destination(Forwarding forwarding) {
    DestinationKey key = new DestinationKey(InetAddress.ofLiteral("10.2.0.1"), 8080);
    return new Destination(key, 70_000, forwarding, 20, 10);
  }

  private static final String DEST_KEY =
      "0600 0b00 0200 0000" // ADDR_FAMILY
          + "1400 0100 0a020001 00000000 00000000 00000000"
          + "0600 0200 1f90 0000"; // port 8080, big-endian

  private static final String DEST_NUMBERS =
      "0800 0400 70110100" // weight 70000 needs more than 16 bits
          + "0800 0500 14000000"
          + "0800 0600 0a000000";

  static List<Row> requests() {
    VirtualService web =
        new VirtualService(
            WEB, "rr", Set.of(ServiceFlag.PERSISTENT), new Persistence(50, 0xFFFFFF00, ""));
    VirtualService dns =
        new VirtualService(
            DNS,
            "sh",
            Set.of(ServiceFlag.ONE_PACKET, ServiceFlag.SCHEDULER_2),
            new Persistence(0, 64, "sip"));
    VirtualService mark = new VirtualService(MARK, "wlc", Set.of(), Persistence.none(Family.IPV4));
    Tunnel gue = new Tunnel(Tunnel.Type.GUE, 5555, Tunnel.Checksum.REMOTE);
    return List.of(
        new Row(
            "NEW_SERVICE, IPv4, persistent",
            TO.add(web),
            digits(
                "01 01 0000", // command 1, version 1
                "5400 0180", // SERVICE, nested
                WEB_KEY,
                "0700 0600 727200 00", // rr with its NUL, padded
                "0c00 0700 01000000 ffffffff", // flags and mask
                "0800 0800 32000000", // 50 s
                "0800 0900 ffffff00")), // the mask, big-endian
        new Row(
            "SET_SERVICE, IPv6, flags, persistence engine",
            TO.set(dns),
            digits(
                "02 01 0000",
                "5c00 0180",
                DNS_KEY,
                "0700 0600 736800 00",
                "0c00 0700 14000000 ffffffff",
                "0800 0800 00000000",
                "0800 0900 40000000", // the prefix length, host order
                "0800 0b00 73697000")), // sip
        new Row(
            "NEW_SERVICE, firewall mark",
            TO.add(mark),
            digits(
                "01 01 0000",
                "3800 0180",
                "0600 0100 0200 0000",
                "0800 0500 07000000",
                "0800 0600 776c6300",
                "0c00 0700 00000000 ffffffff",
                "0800 0800 00000000",
                "0800 0900 ffffffff")),
        new Row("DEL_SERVICE", TO.remove(WEB), digits("03 01 0000", "3000 0180", WEB_KEY)),
        new Row("GET_SERVICE", TO.services(), digits("04 01 0000")),
        new Row(
            "NEW_DEST, NAT",
            TO.add(WEB, destination(Forwarding.MASQUERADE)),
            digits(
                "05 01 0000",
                "3000 0180",
                WEB_KEY,
                "4800 0280",
                DEST_KEY,
                "0800 0300 00000000",
                DEST_NUMBERS)),
        new Row(
            "SET_DEST, DR",
            TO.set(WEB, destination(Forwarding.DIRECT_ROUTE)),
            digits(
                "06 01 0000",
                "3000 0180",
                WEB_KEY,
                "4800 0280",
                DEST_KEY,
                "0800 0300 03000000",
                DEST_NUMBERS)),
        new Row(
            "NEW_DEST, tunnel",
            TO.add(WEB, destination(Forwarding.through(gue))),
            digits(
                "05 01 0000",
                "3000 0180",
                WEB_KEY,
                "6000 0280",
                DEST_KEY,
                "0800 0300 02000000",
                DEST_NUMBERS,
                "0500 0d00 01 000000", // GUE
                "0600 0e00 15b3 0000", // port 5555, big-endian
                "0600 0f00 0200 0000")), // remote checksum
        new Row(
            "DEL_DEST",
            TO.remove(DNS, new DestinationKey(V6, 53)),
            digits(
                "07 01 0000",
                "3000 0180",
                DNS_KEY,
                "2800 0280",
                "0600 0b00 0a00 0000",
                "1400 0100",
                V6_16,
                "0600 0200 0035 0000")),
        new Row(
            "GET_DEST",
            TO.destinations(MARK),
            digits("08 01 0000", "1400 0180", "0600 0100 0200 0000", "0800 0500 07000000")),
        new Row(
            "SET_CONFIG",
            TO.set(new Timeouts(900, 0, 300)),
            digits("0c 01 0000", "0800 0400 84030000", "0800 0500 00000000", "0800 0600 2c010000")),
        new Row("GET_CONFIG", TO.timeouts(), digits("0d 01 0000")),
        new Row("GET_INFO", TO.info(), digits("0f 01 0000")),
        new Row(
            "NEW_DAEMON",
            TO.start(
                new SyncDaemon(
                    SyncDaemon.Role.MASTER,
                    "eth0",
                    33,
                    new SyncDaemon.Channel(
                        1000, 9000, 3, Optional.of(InetAddress.ofLiteral("239.1.1.1"))))),
            digits(
                "09 01 0000",
                "4000 0380",
                "0800 0100 01000000",
                "0900 0200 65746830 00000000",
                "0800 0300 21000000",
                "0600 0400 e803 0000",
                "0800 0500 ef010101",
                "0600 0700 2823 0000", // in host order, unlike other ports
                "0500 0800 03 000000")),
        new Row(
            "NEW_DAEMON with all left to the kernel",
            TO.start(new SyncDaemon(SyncDaemon.Role.BACKUP, "eth0", 0, SyncDaemon.Channel.KERNELS)),
            digits(
                "09 01 0000",
                "2000 0380",
                "0800 0100 02000000",
                "0900 0200 65746830 00000000",
                "0800 0300 00000000")),
        new Row(
            "DEL_DAEMON",
            TO.stop(SyncDaemon.Role.BACKUP),
            digits("0a 01 0000", "0c00 0380", "0800 0100 02000000")),
        new Row("GET_DAEMON", TO.daemons(), digits("0b 01 0000")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  @Proves("IP-003")
  void requests(Row row) {
    assertThat(HexFormat.of().formatHex(Wire.body(row.message()))).isEqualTo(row.body());
    assertThat(row.message().type()).isEqualTo(28);
    assertThat(row.message().flags()).isZero();
  }

  private static String digits(String... digits) {
    return String.join("", digits).replace(" ", "");
  }

  @Test
  void aTunnelOfNoTypeIsIpip() {
    Destination plain = destination(Forwarding.through(Tunnel.IPIP));
    assertThat(Wire.body(TO.add(WEB, plain))).endsWith(hex("0600 0f00 0000 0000"));
  }
}
