package io.keepstream.testkit.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.peer.Keepalived.Part;
import io.keepstream.testkit.witness.Adverts;
import io.keepstream.testkit.witness.Sighting.Advert;
import io.keepstream.testkit.witness.Sighting.Arp;
import io.keepstream.testkit.witness.Sighting.NeighborAdvertisement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@KernelTest(tools = {"keepalived", "tcpdump", "tshark"})
class KeepalivedTest {
  private static final Duration LIMIT = Duration.ofSeconds(15);

  @Test
  void electsAMasterThatTheWitnessSees() {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost node1 = lab.host("node1").nic("ens192", lan, "192.168.10.1/24", "fd10::1/64");
      LabHost node2 = lab.host("node2").nic("ens192", lan, "192.168.10.2/24", "fd10::2/64");
      Adverts adverts = Adverts.on(lan);
      Keepalived first = Keepalived.start(node1, Part.VRRP, config(150));
      Keepalived second = Keepalived.start(node2, Part.VRRP, config(100));

      first.awaitLog("\\(V4\\) Entering MASTER STATE", LIMIT);
      second.awaitLog("\\(V4\\) Entering BACKUP STATE", LIMIT);
      Advert seen = adverts.await(Advert.class, advert -> advert.vrid() == 51, LIMIT);

      assertThat(seen)
          .extracting(Advert::source, Advert::destination, Advert::hopLimit, Advert::version)
          .containsExactly("192.168.10.1", "224.0.0.18", 255, 2);
      assertThat(seen)
          .extracting(Advert::priority, Advert::intervalCentis, Advert::addresses)
          .containsExactly(150, 100, List.of("192.168.10.100"));
      assertThat(seen.checksumGood()).isTrue();
      adverts.await(Arp.class, arp -> isAnnouncement(arp, "192.168.10.100"), LIMIT);
      Advert seen6 = adverts.await(Advert.class, advert -> advert.vrid() == 61, LIMIT);
      assertThat(seen6)
          .extracting(Advert::version, Advert::intervalCentis, Advert::addresses)
          .containsExactly(3, 50, List.of("fe80::61", "fd10::100"));
      assertThat(seen6.checksumGood()).isTrue();
      adverts.await(
          NeighborAdvertisement.class,
          na -> na.target().equals("fd10::100") && na.override() && !na.solicited(),
          LIMIT);
      assertThat(addresses(node1)).contains("192.168.10.100/24", "fd10::100/64");

      first.kill();
      second.awaitLog("\\(V4\\) Entering MASTER STATE", LIMIT);
      second.reload(config(200));
      second.stop();
      adverts.await(Advert.class, advert -> advert.vrid() == 51 && advert.priority() == 0, LIMIT);
      Await.until(LIMIT, "node2 is empty", () -> !addresses(node2).contains("192.168.10.100"));
    }
  }

  private static boolean isAnnouncement(Arp arp, String address) {
    return arp.isGratuitous() && arp.sender().equals(address);
  }

  private static String addresses(LabHost host) {
    return host.run("ip", "-o", "addr").text();
  }

  private static String config(int priority) {
    return """
    vrrp_instance V4 {
      state BACKUP
      interface ens192
      virtual_router_id 51
      priority %1$d
      virtual_ipaddress {
        192.168.10.100/24
      }
    }
    vrrp_instance V6 {
      version 3
      advert_int 0.5
      state BACKUP
      interface ens192
      virtual_router_id 61
      priority %1$d
      virtual_ipaddress {
        fe80::61/64
        fd10::100/64
      }
    }
    """
        .formatted(priority);
  }
}
