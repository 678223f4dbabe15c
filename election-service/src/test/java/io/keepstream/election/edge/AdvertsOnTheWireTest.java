package io.keepstream.election.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.witness.Adverts;
import io.keepstream.testkit.witness.Sighting.Advert;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What our adverts look like to an independent dissector. */
@KernelTest(tools = {"tcpdump", "tshark"})
class AdvertsOnTheWireTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String CONFIG =
      """
      vrrp_instance V2 { version 2  interface eth0  virtual_router_id 51  priority 254
          virtual_ipaddress { 192.0.2.100 }
      }
      vrrp_instance V3 { version 3  interface eth0  virtual_router_id 61  advert_int 0.3
          mcast_src_ip 192.0.2.1
          virtual_ipaddress { 192.0.2.110 }
      }
      vrrp_instance V6 { interface eth0  virtual_router_id 66  advert_int 0.3
          virtual_ipaddress { fe80::5e:0:266/64  2001:db8::66/64 }
      }
      vrrp_instance UNI4 { version 3  interface eth0  virtual_router_id 64  advert_int 0.3
          unicast_src_ip 192.0.2.1
          unicast_peer { 192.0.2.2 }
          virtual_ipaddress { 192.0.2.112 }
      }
      vrrp_instance UNI6 { interface eth0  virtual_router_id 67  advert_int 0.3
          unicast_src_ip 2001:db8::1
          unicast_peer { 2001:db8::2 }
          virtual_ipaddress { 2001:db8::67/64 }
      }
      vrrp_instance NEAR4 { version 3  interface eth0  virtual_router_id 68  advert_int 0.3
          unicast_ttl 7
          unicast_src_ip 192.0.2.1
          unicast_peer { 192.0.2.2 }
          virtual_ipaddress { 192.0.2.113 }
      }
      vrrp_instance NEAR6 { interface eth0  virtual_router_id 69  advert_int 0.3
          unicast_ttl 7
          unicast_src_ip 2001:db8::1
          unicast_peer { 2001:db8::2 }
          virtual_ipaddress { 2001:db8::69/64 }
      }
      """;

  private NamespaceLab lab;
  private Adverts adverts;

  @BeforeEach
  void start() {
    lab = NamespaceLab.create();
    LabBridge lan = lab.bridge("lan");
    // The first address is a virtual one that a crash has left behind.
    LabHost router =
        lab.host("router")
            .nic("eth0", lan, "192.0.2.100/24", "192.0.2.1/24", "fe80::1/64", "2001:db8::1/64");
    LabHost peer = lab.host("peer").nic("eth0", lan, "192.0.2.2/24", "2001:db8::2/64");
    assertThat(peer.run("ip", "link").text()).contains("eth0");
    adverts = Adverts.on(lan);
    LabElection.start(router, CONFIG);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  @Proves({"VR-001", "VR-003", "VR-004", "VR-005", "VR-072", "VR-073"})
  void addressesAndHopLimits() {
    List<Advert> seen =
        List.of(advert(51), advert(61), advert(66), advert(64), advert(67), advert(68), advert(69));
    assertThat(seen)
        .extracting(
            advert ->
                "%d: %s > %s, %d"
                    .formatted(
                        advert.vrid(), advert.source(), advert.destination(), advert.hopLimit()))
        .containsExactly(
            "51: 192.0.2.1 > 224.0.0.18, 255",
            "61: 192.0.2.1 > 224.0.0.18, 255",
            "66: fe80::1 > ff02::12, 255",
            "64: 192.0.2.1 > 192.0.2.2, 255",
            "67: 2001:db8::1 > 2001:db8::2, 255",
            "68: 192.0.2.1 > 192.0.2.2, 7",
            "69: 2001:db8::1 > 2001:db8::2, 7");
    assertThat(seen).allMatch(Advert::checksumGood);
    assertThat(adverts.seen(Advert.class))
        .filteredOn(advert -> advert.destination().startsWith("224."))
        .allMatch(advert -> advert.hopLimit() == 255 && advert.source().equals("192.0.2.1"));
  }

  private Advert advert(int vrid) {
    return adverts.await(Advert.class, advert -> advert.vrid() == vrid, LIMIT);
  }
}
