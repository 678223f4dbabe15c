package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Service;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** All processes of one node of two are replaced, one after the other, while a client looks on. */
@KernelTest(tools = "ping")
class UpgradeTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ADDRESS = "10.0.0.100";
  private static final Pattern REPLY =
      Pattern.compile("^\\[(\\d+)\\.(\\d{6})].* icmp_seq=\\d+ .*ttl=");
  private static final long MOST_MILLIS = 5_000;

  private static String config(int priority) {
    return """
    vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 51
        priority %d
        advert_int 0.3
        version 3
        virtual_ipaddress {
            10.0.0.100/24
        }
    }
    """
        .formatted(priority);
  }

  @Test
  void theAddressIsNeverLost() {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost client = lab.host("client").nic("eth0", lan, "10.0.0.9/24");
      LabHost other = lab.host("node2").nic("eth0", lan, "10.0.0.2/24");
      Processes node =
          new Processes(lab.host("node1").nic("eth0", lan, "10.0.0.1/24"), config(200));
      node.startAll();
      node.of(Service.ELECTION).awaitLine("Entering MASTER STATE", LIMIT);
      LabProcess second = Speaker.KEEPSTREAM.start(other, config(100));
      second.awaitLine("Entering BACKUP STATE", LIMIT);
      LabProcess ping = client.start("ping", "-n", "-D", "-i", "0.01", ADDRESS);
      ping.awaitLine("ttl=", LIMIT);

      for (Service service :
          List.of(Service.NOTIFIER, Service.HEALTH, Service.LVS, Service.ELECTION)) {
        int before = ping.lines().size();
        replace(node, service);
        int after = ping.lines().size();
        ping.awaitLine("ttl=", after, LIMIT);
        long millis = longestSilenceMillis(ping.lines(Math.max(0, before - 1)));
        System.out.printf(
            "Without %s-service for a while the client waits %d ms at most%n",
            service.label(), millis);
        assertThat(millis).isLessThan(MOST_MILLIS);
        if (service != Service.ELECTION) {
          assertThat(second.text()).doesNotContain("Entering MASTER STATE");
        }
      }
    }
  }

  /** Election comes back as the owner of the address, for which the other node steps back. */
  private static void replace(Processes node, Service service) {
    node.of(service).stop();
    LabProcess next = node.begin(service);
    next.awaitLine("Started Keepstream", LIMIT);
    for (LabProcess each : node.others(service)) {
      each.awaitLine(service.label() + " is back", LIMIT);
    }
    if (service == Service.ELECTION) {
      next.awaitLine("Entering MASTER STATE", LIMIT);
    }
  }

  /** The longest time between two replies. */
  private static long longestSilenceMillis(List<String> lines) {
    long longest = 0;
    long lastMicros = 0;
    for (String line : lines) {
      Matcher reply = REPLY.matcher(line);
      if (reply.find()) {
        long micros = Long.parseLong(reply.group(1) + reply.group(2));
        longest = Math.max(longest, lastMicros == 0 ? 0 : micros - lastMicros);
        lastMicros = micros;
      }
    }
    return longest / 1000;
  }
}
