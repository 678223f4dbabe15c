package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.lab.KernelTest;
import io.keepstream.linux.lab.TwoHosts;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.wire.MacAddress;
import io.keepstream.linux.wire.RtNetlink;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@KernelTest
@Timeout(30)
final class LinkNetlinkKernelTest {
  private static final MacAddress MAC = MacAddress.parse("00:00:5e:00:01:33");

  @AutoClose private final TwoHosts hosts = TwoHosts.create();
  @AutoClose private RouteNetlink route;
  private LinkNetlink links;
  private int eth0;

  @BeforeEach
  void open() throws Exception {
    route = hosts.here(() -> RouteNetlink.open(new ForeignLibc()));
    links = new LinkNetlink(route);
    eth0 = links.find("eth0").orElseThrow().index();
  }

  @Test
  void aMacvlanComesAndGoes() throws Exception {
    links.setGroup(eth0, 7);
    Macvlan wanted = new Macvlan("vrrp.51", eth0, MAC, links.group(eth0));
    assertThat(links.find("vrrp.51")).isEmpty();
    assertThat(links.add(wanted)).isEqualTo(new Outcome.Done());
    assertThat(links.add(wanted)).isEqualTo(new Outcome.AlreadyThere());

    Link made = links.find("vrrp.51").orElseThrow();
    assertThat(made.kind()).isEqualTo("macvlan");
    assertThat(made.mac()).isEqualTo(MAC);
    assertThat(made.lowerIndex()).isEqualTo(eth0);
    assertThat(made.up()).isFalse();
    assertThat(hosts.ip("-d", "link", "show", "vrrp.51")).contains("mode private", "group 7");

    assertThat(links.delete(made.index())).isEqualTo(new Outcome.Done());
    assertThat(links.delete(made.index())).isEqualTo(new Outcome.Absent());
  }

  @Test
  void settingsHoldBeforeItIsUp() throws Exception {
    links.add(new Macvlan("vrrp.51", eth0, MAC, 0));
    int index = links.find("vrrp.51").orElseThrow().index();
    assertThat(
            links.setIpv4(
                index,
                Map.of(
                    RtNetlink.IPV4_DEVCONF_ARP_IGNORE, 1,
                    RtNetlink.IPV4_DEVCONF_ACCEPT_LOCAL, 1)))
        .isEqualTo(new Outcome.Done());
    assertThat(links.deriveNoIpv6Address(index)).isEqualTo(new Outcome.Done());
    assertThat(links.up(index)).isEqualTo(new Outcome.Done());

    assertThat(links.find("vrrp.51").orElseThrow().up()).isTrue();
    assertThat(hosts.ip("-6", "addr", "show", "vrrp.51")).doesNotContain("fe80");
  }
}
