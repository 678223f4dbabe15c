package io.keepstream.election.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.election.link.ExtraAnnounce;
import io.keepstream.election.link.FilterConfig;
import io.keepstream.election.link.LinkConfig;
import io.keepstream.election.link.UpDownDelays;
import io.keepstream.election.link.Vmac;
import io.keepstream.linux.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkReaderTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> problems = new ArrayList<>();

  @Test
  void withoutWordsAnInstanceUsesItsInterface() {
    assertThat(one("").link()).isEqualTo(LinkConfig.PLAIN);
    assertThat(problems).isEmpty();
  }

  @Test
  void aVmacHasTheStandardMacAndTheAddresses() {
    InstanceConfig read = one("use_vmac\nvirtual_ipaddress_excluded {\n10.0.5.1 dev eth1\n}");
    assertThat(read.link().vmac()).isEqualTo(vmac("vrrp.51", "eth0", "00:00:5e:00:01:33", false));
    assertThat(read.link().transmitFromBase()).isFalse();
    assertThat(read.router().networkInterface()).isEqualTo("eth0");
    assertThat(read.addresses())
        .extracting(VirtualAddress::networkInterface)
        .containsExactly("vrrp.51");
    assertThat(read.excluded())
        .extracting(VirtualAddress::networkInterface)
        .containsExactly("eth1");
  }

  @ParameterizedTest
  @CsvSource({
    "use_vmac vm1 02:00:00:00:01 group 7, vm1, 02:00:00:00:01:33, 7, false",
    "use_vmac 02:00:00:00:00:09 name vm1 netlink_notify_msg, vm1, 02:00:00:00:00:09, -1, true",
    "use_vmac group default, vrrp.51, 00:00:5e:00:01:33, 0, false",
    "use_vmac group 0x10, vrrp.51, 00:00:5e:00:01:33, 16, false"
  })
  void wordsAfterUseVmac(String words, String name, String mac, int group, boolean notify) {
    Vmac vmac = one(words).link().vmac();
    assertThat(vmac)
        .isEqualTo(
            new Vmac(
                name,
                "eth0",
                MacAddress.parse(mac),
                false,
                group < 0 ? OptionalInt.empty() : OptionalInt.of(group),
                notify));
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "use_vmac 03:00:00:00:00:01, 03:00:00:00:00:01 is a multicast address",
    "use_vmac 00:00:5e:00:01:07, own address; leave it out",
    "use_vmac group red, the group \"red\" is not known; write its number"
  })
  void whatCannotBe(String words, String problem) {
    one(words);
    assertThat(problems).singleElement().asString().contains(problem);
  }

  @Test
  void addressesElsewhereGetVmacsOfTheirOwn() {
    LinkConfig all =
        one("use_vmac_addr\nvirtual_ipaddress_excluded {\n10.0.5.1 dev eth1\n10.0.5.2 dev eth1\n}")
            .link();
    assertThat(all.vmac()).isNull();
    assertThat(all.addressVmacs())
        .containsExactly(vmac("vrrp.51", "eth1", "00:00:5e:00:01:33", false));

    InstanceConfig some =
        one(
            "use_vmac\nvirtual_ipaddress_excluded {\n10.0.5.1 dev eth1 use_vmac\n"
                + "10.0.6.1 dev eth2\nfd10::1\n}");
    assertThat(some.excluded())
        .extracting(VirtualAddress::networkInterface)
        .containsExactly("vrrp1.51", "eth2", "eth0");
  }

  @Test
  void namesAreKeepalivedsWhenTheyClash() {
    List<InstanceConfig> read =
        read(
            """
            global_defs {
                vmac_prefix vm
            }
            """
                + instance("VI_1", "use_vmac")
                + instance("VI_6", "use_vmac").replace("10.0.0.1", "fe80::1")
                + instance("VI_2", "use_vmac").replace("eth0", "eth1"));
    assertThat(read)
        .extracting(each -> each.link().vmac().name())
        .containsExactly("vm.51", "vm6.51", "vm1.51");
    assertThat(read.get(1).link().vmac().mac()).isEqualTo(MacAddress.parse("00:00:5e:00:02:33"));
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"production-vrrp, use_vmac", "a/b, use_vmac", "production-vrrp, use_vmac_addr"})
  void aGeneratedNameThatIsNoneIsAnError(String prefix, String words) {
    read(
        "global_defs {\nvmac_prefix %s\n}\n".formatted(prefix)
            + instance("VI_1", words + "\nvirtual_ipaddress_excluded {\n10.5.0.1 dev eth1\n}"));
    assertThat(problems)
        .singleElement()
        .asString()
        .contains("test:", "found the generated VMAC name \"" + prefix + ".51\"", "at most 15");
  }

  @Test
  void oneMacIsOnceOnAnInterface() {
    read(
        instance("VI_1", "use_vmac\nvirtual_ipaddress_excluded {\n10.5.0.1 dev eth1 use_vmac\n}")
            + instance("VI_2", "use_vmac").replace("eth0", "eth1"));
    assertThat(problems)
        .singleElement()
        .asString()
        .contains("error: the VMAC of virtual_router_id 51 on eth1 (inet) belongs to VI_1");
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "no_accept, false",
    "'no_accept\npriority 255', true",
    "strict_mode, false",
    "'strict_mode\naccept', false",
    "'strict_mode\nversion 3\naccept', true",
    "'strict_mode\npriority 255', true"
  })
  void whoAccepts(String words, boolean accepts) {
    assertThat(one(words).link().accept()).isEqualTo(accepts);
  }

  @Test
  void unicastGoesFromTheBase() {
    assertThat(one("use_vmac\nunicast_peer {\n10.0.0.9\n}").link().advertVmac()).isNull();
    assertThat(one("use_vmac\nvmac_xmit_base").link().advertVmac()).isNull();
    assertThat(one("use_vmac\nvmac_xmit_base\nstrict_mode").link().advertVmac()).isNotNull();
  }

  @Test
  void announcementsElsewhere() {
    assertThat(one("garp_extra_if all 30").link().extraAnnounce())
        .isEqualTo(new ExtraAnnounce(30 * SECOND, true));
    InstanceConfig read =
        read("global_defs {\nvrrp_garp_extra_if 60\n}\n" + instance("VI_1", "")).getFirst();
    assertThat(read.link().extraAnnounce()).isEqualTo(new ExtraAnnounce(60 * SECOND, false));
  }

  @Test
  void whatIsSaidOfInterfacesAsSuch() {
    LinkGlobals links =
        config(
                """
                global_defs {
                    nftables guard
                    nftables_priority -7
                    nftables_counters
                    disable_local_igmp
                }
                interface_up_down_delays {
                    eth0 0.5 2
                    eth1 3
                }
                """)
            .links();
    assertThat(links.filter()).isEqualTo(new FilterConfig("guard", -7, true));
    assertThat(links.localIgmp()).isFalse();
    assertThat(links.delays())
        .containsEntry("eth0", new UpDownDelays(SECOND / 2, 2 * SECOND))
        .containsEntry("eth1", new UpDownDelays(3 * SECOND, 0));
  }

  @Test
  void aDelayLongerThanATakeoverIsWarnedOf() {
    config("interface_up_down_delays {\n eth0 2\n}\n" + instance("VI_1", ""));
    assertThat(problems)
        .singleElement()
        .asString()
        .contains("warning: while eth0 is down for 2 s unnoticed, another node takes over");
  }

  private static Vmac vmac(String name, String base, String mac, boolean ipv6) {
    return new Vmac(name, base, MacAddress.parse(mac), ipv6, OptionalInt.empty(), false);
  }

  private static String instance(String name, String words) {
    return "vrrp_instance "
        + name
        + " {\ninterface eth0\nvirtual_router_id 51\n"
        + words
        + "\nvirtual_ipaddress {\n10.0.0.1\n}\n}\n";
  }

  private InstanceConfig one(String words) {
    return read(instance("VI_1", words)).getFirst();
  }

  private List<InstanceConfig> read(String text) {
    return config(text).instances();
  }

  private ElectionConfig config(String text) {
    return ElectionConfigReader.read(
        ConfigReader.read("test", new TextSource("test", text)).root(),
        any -> true,
        problem -> problems.add(problem.toString()));
  }
}
