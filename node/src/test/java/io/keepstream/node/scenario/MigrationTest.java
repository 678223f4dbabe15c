package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.witness.Adverts;
import io.keepstream.testkit.witness.Sighting.Advert;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A pair of keepalived nodes goes over to Keepstream node by node, the BACKUP first, as {@code
 * docs/operations.md} says, while a client asks the virtual address all the time.
 */
@KernelTest(tools = {"keepalived", "tcpdump", "tshark", "ping"})
class MigrationTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String VIP = "10.0.0.100";
  private static final Duration PING_INTERVAL = Duration.ofMillis(100);

  /** Master_Down_Interval of node2, and as much again for a busy machine. */
  private static final Duration LONGEST_OUTAGE = Duration.ofMillis(2 * 3 * 500 + 2 * 305);

  private static final Pattern SEQUENCE = Pattern.compile("icmp_seq=(\\d+)");

  @Test
  void nodeByNodeTheAddressStays() {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost host1 = lab.host("node1").nic("eth0", lan, "10.0.0.1/24");
      LabHost host2 = lab.host("node2").nic("eth0", lan, "10.0.0.2/24");
      LabHost client = lab.host("client").nic("eth0", lan, "10.0.0.50/24");
      Adverts adverts = Adverts.on(lan);
      Node old1 = new Node(host1, Speaker.KEEPALIVED, config(150));
      Node old2 = new Node(host2, Speaker.KEEPALIVED, config(100));
      old1.start();
      Await.until(LIMIT, "node1 is MASTER", () -> old1.has(VIP));
      old2.start();
      LabProcess ping = client.start("ping", "-i", "0.1", VIP);

      old2.stop();
      Node new2 = new Node(host2, Speaker.KEEPSTREAM, config(100));
      new2.start();
      new2.process().awaitLine("Entering BACKUP STATE", LIMIT);
      assertThat(adverts.seen(Advert.class)).allMatch(each -> each.source().equals("10.0.0.1"));

      old1.stop();
      Await.until(LIMIT, "node2 has taken over", () -> new2.has(VIP) && !old1.has(VIP));
      Node new1 = new Node(host1, Speaker.KEEPSTREAM, config(150));
      new1.start();
      Await.until(LIMIT, "node1 is MASTER again", () -> new1.has(VIP) && !new2.has(VIP));
      int lines = ping.lines().size();
      ping.awaitLine("bytes from", lines, LIMIT);

      assertThat(longestOutage(ping)).isLessThan(LONGEST_OUTAGE);
    }
  }

  /** The longest time in which no request was answered. */
  private static Duration longestOutage(LabProcess ping) {
    List<Integer> answered =
        SEQUENCE
            .matcher(ping.text())
            .results()
            .map(MatchResult::group)
            .map(text -> Integer.parseInt(text.substring("icmp_seq=".length())))
            .toList();
    int longest = 0;
    for (int i = 1; i < answered.size(); i++) {
      longest = Math.max(longest, answered.get(i) - answered.get(i - 1) - 1);
    }
    return PING_INTERVAL.multipliedBy(longest);
  }

  private static String config(int priority) {
    return """
    vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 51
        version 3
        priority %d
        advert_int 0.5
        virtual_ipaddress {
            %s/24
        }
    }
    """
        .formatted(priority, VIP);
  }
}
