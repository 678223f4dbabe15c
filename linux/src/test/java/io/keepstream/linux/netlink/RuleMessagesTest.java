package io.keepstream.linux.netlink;

import static io.keepstream.linux.netlink.RouteMessagesTest.ip;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.wire.IpNetwork;
import io.keepstream.linux.wire.IpRule;
import io.keepstream.linux.wire.IpRule.Action;
import io.keepstream.linux.wire.IpRule.Mark;
import io.keepstream.linux.wire.IpRule.Range;
import io.keepstream.linux.wire.IpRule.Selector;
import io.keepstream.linux.wire.IpRule.Transport;
import io.keepstream.linux.wire.RouteConstants;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The bytes are those that {@code ip rule add} of iproute2 6.1 sends. */
final class RuleMessagesTest {
  /**
   * not from 10.0.0.0/8 to 192.0.2.0/24 iif eth0 oif eth1 fwmark 0x10/0xff table 1000 priority 77
   * protocol 18 ipproto tcp sport 80 dport 90-99 uidrange 5-6 suppress_prefixlength 8
   */
  private static final String EVERYTHING =
      """
      02 18 08 00 00 00 00 01 02 00 00 00 08 00 02 00 0a 00 00 00 08 00 01 00 c0 00 02 00
      09 00 03 00 65 74 68 30 00 00 00 00 09 00 11 00 65 74 68 31 00 00 00 00
      08 00 0a 00 10 00 00 00 08 00 10 00 ff 00 00 00 08 00 0f 00 e8 03 00 00
      08 00 06 00 4d 00 00 00 05 00 15 00 12 00 00 00 05 00 16 00 06 00 00 00
      08 00 17 00 50 00 50 00 08 00 18 00 5a 00 63 00 0c 00 14 00 05 00 00 00 06 00 00 00
      08 00 0e 00 08 00 00 00
      """;

  /** from 2001:db8::/32 prohibit priority 9 protocol 18 */
  private static final String IPV6 =
      """
      0a 00 20 00 00 00 00 08 00 00 00 00
      14 00 02 00 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 00
      08 00 06 00 09 00 00 00 05 00 15 00 12 00 00 00
      """;

  /** from 10.0.0.0/8 table 5 priority 9 realms 3/4 suppress_ifgroup 7 protocol 18 */
  private static final String REALMS =
      """
      02 00 08 00 05 00 00 01 00 00 00 00 08 00 02 00 0a 00 00 00
      08 00 06 00 09 00 00 00 08 00 0b 00 04 00 03 00 08 00 0d 00 07 00 00 00
      05 00 15 00 12 00 00 00
      """;

  /** from 10.0.0.0/8 tun_id 258 l3mdev priority 10 protocol 18 */
  private static final String VRF =
      """
      02 00 08 00 00 00 00 01 00 00 00 00 08 00 02 00 0a 00 00 00
      0c 00 0c 00 00 00 00 00 00 00 01 02 05 00 13 00 01 00 00 00
      08 00 06 00 0a 00 00 00 05 00 15 00 12 00 00 00
      """;

  private static final IpRule ALL =
      new IpRule(
          false,
          77,
          new Selector(
              true,
              Optional.of(new IpNetwork(ip("10.0.0.0"), 8)),
              Optional.of(new IpNetwork(ip("192.0.2.0"), 24)),
              "eth0",
              "eth1",
              0,
              Optional.of(new Mark(0x10, 0xFF)),
              new Transport(
                  6,
                  Optional.of(new Range(80, 80)),
                  Optional.of(new Range(90, 99)),
                  Optional.of(new Range(5, 6)))),
          new Action(RouteConstants.FR_ACT_TO_TBL, 1000, 0, 8),
          18);

  static Selector from(String address, int length) {
    Optional<IpNetwork> from = Optional.of(new IpNetwork(ip(address), length));
    return new Selector(false, from, Optional.empty(), "", "", 0, Optional.empty(), Transport.ANY);
  }

  @Test
  void rulesAreAskedForAsIpDoes() {
    Action prohibit = new Action(RouteConstants.FR_ACT_PROHIBIT, 0, 0, Action.NOTHING_SUPPRESSED);
    asIpDoes(ALL, EVERYTHING);
    asIpDoes(new IpRule(true, 9, from("2001:db8::", 32), prohibit, 18), IPV6);
    int none = Action.NOTHING_SUPPRESSED;
    Action realms = new Action(RouteConstants.FR_ACT_TO_TBL, 5, 0, none, 7, false, 0x3_0004);
    asIpDoes(new IpRule(false, 9, from("10.0.0.0", 8), realms, 18), REALMS);
    Selector tunnel =
        new Selector(
            false,
            Optional.of(new IpNetwork(ip("10.0.0.0"), 8)),
            Optional.empty(),
            "",
            "",
            0,
            Optional.empty(),
            Transport.ANY,
            258);
    Action vrf = new Action(RouteConstants.FR_ACT_TO_TBL, 0, 0, none, none, true, 0);
    asIpDoes(new IpRule(false, 10, tunnel, vrf, 18), VRF);
  }

  private static void asIpDoes(IpRule rule, String bytes) {
    String expected = bytes.replaceAll("\\s", "");
    assertThat(Messages.parts(Messages.body(RuleMessages.add(rule)), 12))
        .isEqualTo(Messages.parts(expected, 12));
    assertThat(Messages.body(RuleMessages.delete(rule)))
        .isEqualTo(Messages.body(RuleMessages.add(rule)));
    assertThat(RuleMessages.decode(Messages.single("2000", "0000", expected))).hasValue(rule);
  }

  @Test
  void requestsCreateWhatMustNotExist() {
    assertThat(RuleMessages.add(ALL).type()).isEqualTo(32);
    assertThat(RuleMessages.add(ALL).flags()).isEqualTo(0x600);
    assertThat(RuleMessages.delete(ALL).type()).isEqualTo(33);
    assertThat(RuleMessages.dump(false).type()).isEqualTo(34);
    assertThat(Messages.body(RuleMessages.dump(false))).isEqualTo("02" + "00".repeat(11));
  }

  @Test
  void aPrefixOfNoBitsIsNoCondition() {
    assertThat(from("0.0.0.0", 0).from()).isEmpty();
  }

  @Test
  void whatIsNoRuleIsPassedOver() {
    String ipv6 = IPV6.replaceAll("\\s", "");
    assertThat(RuleMessages.decode(Messages.single("1800", "0000", ipv6))).isEmpty();
    assertThat(RuleMessages.decode(Messages.single("2000", "0000", "1c00"))).isEmpty();
    assertThat(RuleMessages.decode(Messages.single("2000", "0000", "0200"))).isEmpty();
  }
}
