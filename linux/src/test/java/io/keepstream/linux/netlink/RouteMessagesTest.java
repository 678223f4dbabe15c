package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.wire.IpNetwork;
import io.keepstream.linux.wire.IpRoute;
import io.keepstream.linux.wire.IpRoute.Hop;
import io.keepstream.linux.wire.IpRoute.Placing;
import io.keepstream.linux.wire.RouteConstants;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The bytes are those that {@code ip route add} of iproute2 6.1 sends, padding cleared. */
final class RouteMessagesTest {
  /** 10.4.0.0/24 via 192.0.2.2 dev eth0 src 192.0.2.1 table 100 metric 5 mtu lock 1400 proto 18 */
  private static final String WITH_METRICS =
      """
      02 18 00 00 64 12 00 01 00 00 00 00 08 00 01 00 0a 04 00 00 08 00 05 00 c0 00 02 02
      08 00 07 00 c0 00 02 01 08 00 06 00 05 00 00 00 08 00 04 00 03 00 00 00
      14 00 08 00 08 00 01 00 04 00 00 00 08 00 02 00 78 05 00 00
      """;

  /**
   * 10.5.0.0/24 proto 18 table 1000 nexthop via 192.0.2.2 dev eth0 weight 1 onlink nexthop via
   * inet6 2001:db8::2 dev eth0 weight 3
   */
  private static final String WITH_HOPS =
      """
      02 18 00 00 00 12 00 01 00 00 00 00 08 00 01 00 0a 05 00 00 08 00 0f 00 e8 03 00 00
      34 00 09 00 10 00 04 00 03 00 00 00 08 00 05 00 c0 00 02 02
      20 00 00 02 03 00 00 00 16 00 12 00 0a 00 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 02
      00 00
      """;

  /** default via 2001:db8::9 proto 18 metric 7 */
  private static final String IPV6_DEFAULT =
      """
      0a 00 00 00 fe 12 00 01 00 00 00 00
      14 00 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
      14 00 05 00 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 09 08 00 06 00 07 00 00 00
      """;

  private static final String BLACKHOLE =
      "02 10 00 00 fe 12 00 06 00 00 00 00 08 00 01 00 0a 06 00 00";

  private static final IpRoute ROUTE =
      new IpRoute(
          key("10.4.0.0", 24, 100, 5),
          RouteConstants.RTN_UNICAST,
          0,
          18,
          Optional.of(ip("192.0.2.1")),
          List.of(new Hop(Optional.of(ip("192.0.2.2")), 3, 1, false)),
          new TreeMap<>(Map.of(RouteConstants.RTAX_LOCK, 4L, RouteConstants.RTAX_MTU, 1400L)));

  private static final IpRoute MULTIPATH =
      plain(
          key("10.5.0.0", 24, 1000, 0),
          RouteConstants.RTN_UNICAST,
          new Hop(Optional.of(ip("192.0.2.2")), 3, 1, true),
          new Hop(Optional.of(ip("2001:db8::2")), 3, 3, false));

  static IpRoute.Key key(String address, int length, long table, long metric) {
    return new IpRoute.Key(new IpNetwork(ip(address), length), Optional.empty(), 0, table, metric);
  }

  static IpRoute plain(IpRoute.Key key, int type, Hop... hops) {
    return new IpRoute(key, type, 0, 18, Optional.empty(), List.of(hops), new TreeMap<>());
  }

  static InetAddress ip(String text) {
    return InetAddress.ofLiteral(text);
  }

  @Test
  void routesAreAskedForAsIpDoes() {
    IpRoute ipv6 =
        plain(
            new IpRoute.Key(IpNetwork.all(true), Optional.empty(), 0, 254, 7),
            RouteConstants.RTN_UNICAST,
            new Hop(Optional.of(ip("2001:db8::9")), 0, 1, false));
    IpRoute blackhole = plain(key("10.6.0.0", 16, 254, 0), RouteConstants.RTN_BLACKHOLE);
    asIpDoes(ROUTE, WITH_METRICS);
    asIpDoes(MULTIPATH, WITH_HOPS);
    asIpDoes(ipv6, IPV6_DEFAULT);
    asIpDoes(blackhole, BLACKHOLE);
  }

  private static void asIpDoes(IpRoute route, String bytes) {
    String expected = bytes.replaceAll("\\s", "");
    assertThat(Messages.parts(Messages.body(RouteMessages.add(route, Placing.FIRST)), 12))
        .isEqualTo(Messages.parts(expected, 12));
    assertThat(Messages.body(RouteMessages.delete(route)))
        .isEqualTo(Messages.body(RouteMessages.add(route, Placing.FIRST)));
    assertThat(RouteMessages.decode(Messages.single("1800", "0000", expected))).hasValue(route);
  }

  @Test
  void aRouteGoesBeforeBehindOrNowhereNextToOthers() {
    assertThat(RouteMessages.add(ROUTE, Placing.FIRST).flags()).isEqualTo(0x400);
    assertThat(RouteMessages.add(ROUTE, Placing.LAST).flags()).isEqualTo(0xC00);
    assertThat(RouteMessages.add(ROUTE, Placing.ALONE).flags()).isEqualTo(0x600);
    assertThat(RouteMessages.add(ROUTE, Placing.FIRST).type()).isEqualTo(24);
    assertThat(RouteMessages.delete(ROUTE).type()).isEqualTo(25);
  }

  @Test
  void aDumpAsksForWhatOneProtocolHasSet() {
    assertThat(RouteMessages.dump(true, 18).type()).isEqualTo(26);
    assertThat(Messages.body(RouteMessages.dump(true, 18))).isEqualTo("0a0000000012000000000000");
  }

  @Test
  void anIpv6RouteWithoutMetricHasThatOfTheKernel() {
    assertThat(key("2001:db8::", 32, 254, 0).metric()).isEqualTo(1024);
    assertThat(key("10.0.0.0", 8, 254, 0).metric()).isZero();
  }

  @Test
  void moreThanWhatIsAskedForIsNoDifference() {
    Hop anyInterface = new Hop(Optional.of(ip("192.0.2.2")), 0, 1, false);
    IpRoute wanted = plain(ROUTE.key(), ROUTE.type(), anyInterface);
    assertThat(wanted.isProvidedBy(ROUTE)).isTrue();
    assertThat(ROUTE.isProvidedBy(wanted)).as("its metrics").isFalse();
    assertThat(plain(ROUTE.key(), RouteConstants.RTN_BLACKHOLE).isProvidedBy(ROUTE)).isFalse();
    assertThat(MULTIPATH.isProvidedBy(ROUTE)).isFalse();
    Hop elsewhere = new Hop(Optional.of(ip("192.0.2.3")), 0, 1, false);
    assertThat(plain(ROUTE.key(), ROUTE.type(), elsewhere).isProvidedBy(ROUTE)).isFalse();
  }

  @Test
  void whatIsNoRouteIsPassedOver() {
    assertThat(RouteMessages.decode(Messages.single("1000", "0000", BLACKHOLE))).isEmpty();
    assertThat(RouteMessages.decode(Messages.single("1800", "0000", "1c1000000012"))).isEmpty();
    String cached = BLACKHOLE.replaceFirst("00 00 00 00 08", "00 02 00 00 08");
    assertThat(RouteMessages.decode(Messages.single("1800", "0000", cached))).isEmpty();
    String shortHop = "02 18 00 00 fe 12 00 01 00 00 00 00 0c 00 09 00 00 00 04 00 03 00 00 00";
    assertThat(RouteMessages.decode(Messages.single("1800", "0000", shortHop)))
        .hasValueSatisfying(route -> assertThat(route.hops()).hasSize(1));
  }
}
