package io.keepstream.election.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.election.announce.AnnounceConfig;
import io.keepstream.election.machine.Precautions;
import io.keepstream.election.vrrp.Authentication;
import io.keepstream.testkit.Proves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictModeTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void withoutOtherWordsItIsTheRfcsRouter() {
    Reading read = Reading.ofInstance("strict_mode");
    assertThat(read.problems()).isEmpty();
    assertThat(read.instance().machine().lowerPrioNoAdvert()).isTrue();
    assertThat(read.instance().machine().precautions().lastWord()).isFalse();
    assertThat(read.instance().announce()).isEqualTo(new AnnounceConfig(5, 5 * SECOND, 0, 1, 0, 0));
  }

  @Test
  void theGlobalWordMakesAllStrictButThoseThatSayOtherwise() {
    String global = "global_defs {\n vrrp_strict\n vrrp_down_timer_adverts 5\n}\n";
    String words = "interface eth0\n virtual_router_id 51\n virtual_ipaddress {\n 10.0.0.1\n}\n";
    assertThat(
            Reading.of(global + "vrrp_instance A {\n" + words + "}")
                .instance()
                .machine()
                .downTimerAdverts())
        .isEqualTo(3);
    assertThat(
            Reading.of(global + "vrrp_instance A {\n strict_mode off\n" + words + "}")
                .instance()
                .machine()
                .downTimerAdverts())
        .isEqualTo(5);
  }

  @Test
  void whoOptsOutIsNotHeldToTheRulesOfTheOthers() {
    String words = "strict_mode off\nversion 3\nvirtual_ipaddress {\n2001:db8::1\nfe80::1\n}\n";
    Reading read =
        Reading.of(
            "global_defs {\n vrrp_strict\n}\nvrrp_instance A {\ninterface eth0\n"
                + "virtual_router_id 1\n"
                + words
                + "}");
    assertThat(read.problems()).noneMatch(problem -> problem.contains("error:"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "preempt_delay 4, a lower priority MASTER is replaced at once,",
    "no_virtual_ipaddress, at least one virtual address,",
    "vmac_xmit_base, virtual MAC,",
    "down_timer_adverts 5, three missed adverts,",
    "garp_lower_prio_repeat 2, not announced over,",
    "garp_lower_prio_delay 2, not announced over,",
    "lower_prio_no_advert off, is discarded,",
    "higher_prio_send_advert, sends nothing,",
    "use_vmac 02:00:00:00:00:01 vmac1, the RFC's is used, use_vmac vmac1",
    "accept, only version 3 has Accept_Mode,"
  })
  void aWordItOverridesIsWarnedOfWhereItStands(String words, String why, String rest) {
    Reading read = Reading.ofInstance("  strict_mode\n  version 2\n  " + words);
    assertThat(read.problems())
        .singleElement()
        .asString()
        .startsWith("node.conf:6:3: warning: strict mode overrides")
        .contains(why);
    Reading without =
        Reading.ofInstance("  strict_mode\n  version 2\n" + (rest == null ? "" : rest));
    assertThat(read.instance()).isEqualTo(without.instance());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "down_timer_adverts 3",
    "garp_lower_prio_repeat 0",
    "lower_prio_no_advert",
    "higher_prio_send_advert off",
    "nopreempt"
  })
  void aWordThatAgreesIsNotWarnedOf(String words) {
    assertThat(Reading.ofInstance("strict_mode\n" + words).problems()).isEmpty();
  }

  @Test
  void authenticationIsNotUsed() {
    Reading read =
        Reading.ofInstance("strict_mode\n authentication {\n auth_type PASS\n auth_pass 1111\n}");
    assertThat(read.problems()).singleElement().asString().contains("strict mode overrides");
    assertThat(read.instance().wire().authentication()).isEqualTo(new Authentication.None());
  }

  @Test
  void anOwnerIgnoresAdvertsEvenIfToldOtherwise() {
    Reading read = Reading.ofInstance("strict_mode\npriority 255\n  owner_ignore_adverts off");
    assertThat(read.instance().machine().precautions())
        .isEqualTo(new Precautions(false, true, 10 * SECOND));
    assertThat(read.problems()).singleElement().asString().contains(":6:3: warning: ");
  }

  @Test
  void atLeastOneAddressIsNeeded() {
    String head = "interface eth0\n virtual_router_id 51\n";
    assertThat(Reading.of("vrrp_instance A {\n strict_mode\n" + head + "}").problems())
        .singleElement()
        .asString()
        .contains("error: vrrp_instance A needs at least one address to advertise");
    assertThat(Reading.of("vrrp_instance A {\n version 3\n" + head + "}").problems())
        .singleElement()
        .asString()
        .contains("error: vrrp_instance A needs at least one address to advertise");
    assertThat(
            Reading.of("vrrp_instance A {\n version 3\n no_virtual_ipaddress\n" + head + "}")
                .problems())
        .isEmpty();
    assertThat(Reading.of("vrrp_instance A {\n version 2\n" + head + "}").problems()).isEmpty();
  }

  @Test
  @Proves("VR-029")
  void theFirstIpv6AddressIsLinkLocal() {
    String words =
        "vrrp_instance A {\n%s\n interface eth0\n virtual_router_id 51\n virtual_ipaddress {\n%s\n}\n}";
    String global = "2001:db8::1/64";
    String linkLocal = "fe80::1/64\n2001:db8::1/64";
    assertThat(Reading.of(words.formatted("", linkLocal)).problems()).isEmpty();
    assertThat(Reading.of(words.formatted("strict_mode", linkLocal)).problems()).isEmpty();
    assertThat(Reading.of(words.formatted("", global)).problems())
        .singleElement()
        .asString()
        .startsWith("node.conf:5:2: warning: the first IPv6 address should be link-local");
    assertThat(Reading.of(words.formatted("strict_mode", global)).problems())
        .singleElement()
        .asString()
        .startsWith("node.conf:5:2: error: the first IPv6 address should be link-local");
  }
}
