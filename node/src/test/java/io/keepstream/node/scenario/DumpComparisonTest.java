package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.node.run.KeepalivedSignal;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What both programs write of the same file into keepalived.json. */
@KernelTest(tools = "keepalived")
class DumpComparisonTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String CONFIG =
      """
      global_defs {
          script_user root
      }
      vrrp_script chk {
          script "/usr/bin/true"
          interval 1
      }
      vrrp_instance VI_1 {
          state BACKUP
          interface eth0
          virtual_router_id 1
          priority 100
          advert_int 1
          version 3
          nopreempt
          no_accept
          skip_check_adv_addr
          promote_secondaries
          smtp_alert
          notify_deleted
          notify_master "/usr/bin/echo m 1"
          notify_backup "/usr/bin/echo b"
          notify "/usr/bin/echo n"
          notify_master_rx_lower_pri "/usr/bin/echo l"
          track_interface {
              lo
          }
          track_script {
              chk weight 3
          }
          virtual_ipaddress {
              10.9.0.1/24
              10.9.0.2/24 dev lo scope link
          }
          virtual_ipaddress_excluded {
              10.9.9.9
          }
      }
      vrrp_instance VI_2 {
          state MASTER
          interface eth0
          virtual_router_id 2
          priority 255
          advert_int 1
          strict_mode on
          virtual_ipaddress {
              10.0.0.7
          }
      }
      vrrp_instance VI_3 {
          interface eth0
          use_vmac vr3
          virtual_router_id 3
          priority 50
          virtual_ipaddress {
              10.0.0.8
          }
      }
      """;

  @Test
  void theDataAreTheSame() throws IOException {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabHost host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
      Path directory = lab.directory();
      String file = Files.writeString(directory.resolve("both.conf"), CONFIG).toString();
      List<Map<String, JsonNode>> keepalived =
          dump(
              host,
              "keepalived",
              List.of(
                  "-n", "-l", "-P", "-p", directory + "/p", "-r", directory + "/r", "-f", file));
      List<String> ours = new ArrayList<>(List.of(Speaker.command("run", "-P", "-f", file)));
      assertThat(dump(host, ours.removeFirst(), ours)).isEqualTo(keepalived);
    }
  }

  /** Starts a program, lets it dump when all are MASTER, and ends it. */
  private static List<Map<String, JsonNode>> dump(
      LabHost host, String program, List<String> arguments) throws IOException {
    Path directory = Files.createTempDirectory(host.lab().directory(), "dump");
    List<String> words = new ArrayList<>(List.of("env", "TMPDIR=" + directory, program));
    words.addAll(arguments);
    LabProcess process = host.start(words.toArray(String[]::new));
    for (String instance : List.of("VI_1", "VI_2", "VI_3")) {
      process.awaitLine("\\(%s\\) Entering MASTER STATE".formatted(instance), LIMIT);
    }
    process.awaitLine("priority from 100 to 103|priority .*103", LIMIT);
    Path json = directory.resolve("keepalived.json");
    process.signal(String.valueOf(KeepalivedSignal.JSON.number()));
    Await.until(LIMIT, "the dump", () -> Files.exists(json));
    process.stop();
    List<Map<String, JsonNode>> instances = new ArrayList<>();
    for (JsonNode each : new ObjectMapper().readTree(json.toFile())) {
      Map<String, JsonNode> data = new TreeMap<>();
      each.path("data").properties().forEach(field -> data.put(field.getKey(), field.getValue()));
      data.remove("last_transition");
      data.computeIfPresent("vips", (name, addresses) -> withoutFilter(addresses));
      data.computeIfPresent("evips", (name, addresses) -> withoutFilter(addresses));
      instances.add(data);
    }
    return instances;
  }

  /** keepalived says by which means an address does not accept. */
  private static JsonNode withoutFilter(JsonNode addresses) {
    try {
      return new ObjectMapper().readTree(addresses.toString().replace(" nftable_set", ""));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
