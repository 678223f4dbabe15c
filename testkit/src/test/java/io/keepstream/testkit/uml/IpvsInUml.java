package io.keepstream.testkit.uml;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.WebServer;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.witness.Ipvsadm;
import io.keepstream.testkit.witness.Ipvsadm.Server;
import io.keepstream.testkit.witness.Ipvsadm.Service;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@KernelTest(tools = {"ipvsadm", "curl"})
class IpvsInUml {
  @Test
  void aConnectionGoesThroughNat() {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge outside = lab.bridge("outside");
      LabBridge inside = lab.bridge("inside");
      LabHost client = lab.host("client").nic("eth0", outside, "192.168.10.9/24");
      LabHost director =
          lab.host("director")
              .nic("ens192", outside, "192.168.10.100/24")
              .nic("ens32", inside, "10.0.0.1/24")
              .sysctl("net.ipv4.ip_forward=1");
      for (int i = 1; i <= 2; i++) {
        LabHost web = lab.host("web" + i).nic("eth0", inside, "10.0.0.1" + i + "/24");
        web.ip("route add default via 10.0.0.1");
        WebServer.start(web, 80);
      }
      ipvsadm(director, "-A -t 192.168.10.100:80 -s rr");
      ipvsadm(director, "-a -t 192.168.10.100:80 -r 10.0.0.11:80 -m");
      ipvsadm(director, "-a -t 192.168.10.100:80 -r 10.0.0.12:80 -m -w 2");

      Ipvsadm kernel = new Ipvsadm(director);
      assertThat(kernel.table())
          .containsExactly(
              new Service(
                  "TCP",
                  "192.168.10.100:80",
                  "rr",
                  List.of(),
                  List.of(
                      new Server("10.0.0.11:80", "-m", 1, List.of()),
                      new Server("10.0.0.12:80", "-m", 2, List.of()))));

      assertThat(List.of(get(client), get(client))).containsExactlyInAnyOrder("web1", "web2");
      Await.until(
          Duration.ofSeconds(10),
          "two connections counted",
          () -> kernel.counters().get("TCP 192.168.10.100:80").connections() == 2);
    }
  }

  private static void ipvsadm(LabHost host, String words) {
    host.run(("ipvsadm " + words).split(" ", -1)).orThrow("ipvsadm " + words);
  }

  private static String get(LabHost client) {
    return client.run("curl", "-s", "-m", "5", "http://192.168.10.100/").text();
  }
}
