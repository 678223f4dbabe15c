package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.Output;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is found on a real machine, before and after the commands that mend it. */
@KernelTest(tools = "nft")
class DoctorTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String ELECTION =
      """
      vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          virtual_ipaddress {
              10.0.0.%s
          }
      }
      """;

  @Test
  void whatIsWrongIsFoundAndMendedByTheCommandsItNames() throws IOException {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost host = lab.host("node1").nic("eth0", lan, "10.0.0.1/24");
      LabHost other = lab.host("node2").nic("eth0", lan, "10.0.0.2/24");
      Speaker.KEEPSTREAM
          .start(other, ELECTION.formatted("200"))
          .awaitLine("Entering MASTER STATE", LIMIT);
      host.ip("link set eth0 multicast off");
      host.run("nft", "add table inet filter").orThrow("nft");
      host.run("nft", "add chain inet filter in { type filter hook input priority 0 ; }")
          .orThrow("nft");
      host.run("nft", "add rule inet filter in meta l4proto vrrp drop").orThrow("nft");

      Output ill = doctor(lab, host);
      assertThat(ill.status()).isEqualTo(1);
      assertThat(ill.text())
          .contains("OK    configuration: ", "OK    capabilities: ")
          .contains("mend: ip link set eth0 multicast on")
          .contains("mend: nft insert rule inet filter in meta l4proto vrrp accept")
          .contains("sysctl -w net.ipv4.ip_nonlocal_bind=1");

      host.ip("link set eth0 multicast on");
      host.run("nft", "insert rule inet filter in meta l4proto vrrp accept").orThrow("nft");
      assertThat(doctor(lab, host).text())
          .contains("interface eth0 of VI_1: is up, MTU 1500 bytes")
          .contains("VRID 51 of VI_1 on eth0: 10.0.0.2 uses it for 10.0.0.200");
      host.unplug("eth0");
      assertThat(doctor(lab, host).text()).contains("interface eth0 of VI_1: has no carrier");
    }
  }

  @Test
  void whoMayNotListenIsToldOfTheCapability() throws IOException {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabHost host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
      Output less = doctor(lab, host, "setpriv", "--bounding-set", "-net_raw");
      assertThat(less.text())
          .contains("FAIL  capabilities: ", "interface eth0 of VI_1: is up")
          .doesNotContain("Exception");
      assertThat(less.status()).isEqualTo(1);
    }
  }

  private static Output doctor(NamespaceLab lab, LabHost host, String... around)
      throws IOException {
    Path config =
        Files.writeString(lab.directory().resolve("asked.conf"), ELECTION.formatted("100"));
    String[] command = Speaker.command("doctor", "-f", config.toString(), "--listen", "3");
    return host.run(LIMIT, Stream.of(around, command).flatMap(Stream::of).toArray(String[]::new));
  }
}
