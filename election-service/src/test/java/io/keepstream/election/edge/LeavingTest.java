package io.keepstream.election.edge;

import static io.keepstream.election.edge.EngineInLab.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.event.VrrpState;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others see of a MASTER that leaves. */
@KernelTest(tools = "tcpdump")
class LeavingTest {
  private static final String INSTANCE =
      """
      vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          version 3
          priority 254
          advert_int 0.1
          garp_master_delay 2
          virtual_ipaddress {
              192.0.2.100/24
          }
      }
      """;

  private NamespaceLab lab;
  private LabHost host;
  private EngineInLab engine;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    host = lab.host("router").nic("eth0", lab.bridge("lan"), "192.0.2.1/24");
    engine = lab.own(EngineInLab.in(host));
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private LabProcess capture(String filter) {
    LabProcess tcpdump = host.start("tcpdump", "-l", "-n", "-tt", "-i", "eth0", filter);
    tcpdump.awaitLine("listening on", LIMIT);
    return tcpdump;
  }

  @Test
  @Proves("VR-052")
  void priorityZeroIsSaidBeforeTheAddressesGo() {
    LabProcess zeros = capture("ip proto 112 and ip[22] = 0");
    LabProcess monitor = host.start("ip", "-ts", "monitor", "address");
    engine.configure(INSTANCE).awaitState("VI_1", VrrpState.MASTER);
    Await.until(
        LIMIT,
        "the monitor listens",
        () -> {
          host.ip("addr replace 203.0.113.200/32 dev eth0");
          return monitor.text().contains("203.0.113.200");
        });
    engine.close();
    String zero = zeros.awaitLine("^\\d+\\.\\d+ IP 192.0.2.1 > 224.0.0.18", LIMIT);
    String gone = monitor.awaitLine("Deleted .*192.0.2.100", LIMIT);
    // Both clocks are the kernel's; of the monitor's the seconds in the minute are enough.
    Matcher at = Pattern.compile("\\[[^\\]]*:(\\d+\\.\\d+)\\]").matcher(gone);
    assertThat(at.find()).isTrue();
    BigDecimal minute = new BigDecimal(60);
    BigDecimal zeroAt = new BigDecimal(zero.split(" ", 2)[0]).remainder(minute);
    BigDecimal lead = new BigDecimal(at.group(1)).subtract(zeroAt).add(minute).remainder(minute);
    assertThat(lead).as("from the advert to the removal").isLessThan(minute.divide(BigDecimal.TWO));
  }

  @Test
  @Proves("VR-070")
  void announcementsThatAreStillDueAreForgotten() {
    LabProcess arp = capture("arp");
    engine.configure(INSTANCE).awaitState("VI_1", VrrpState.MASTER);
    Await.until(LIMIT, "a burst", () -> announcements(arp) >= 5);
    host.ip("addr del 192.0.2.1/24 dev eth0");
    engine.awaitState("VI_1", VrrpState.FAULT);
    long before = announcements(arp);
    host.ip("addr add 192.0.2.1/24 dev eth0");
    engine.awaitState("VI_1", VrrpState.MASTER);
    Await.until(LIMIT, "both bursts", () -> announcements(arp) >= before + 10);
    engine.close();
    assertThat(announcements(arp)).isEqualTo(before + 10);
  }

  private static long announcements(LabProcess arp) {
    return arp.lines().stream().filter(line -> line.contains("who-has 192.0.2.100")).count();
  }
}
