package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.runtime.ContractJson;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.schema.PublishedSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a running node tells is what the published schemas say. */
@KernelTest
class EmittedEventsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String CONFIG =
      """
      vrrp_script chk {
          script "/bin/true"
          interval 1
      }
      vrrp_sync_group G {
          group {
              VI_1
          }
      }
      vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          priority 150
          advert_int 0.3
          version 3
          virtual_ipaddress {
              10.0.0.100/24
          }
          virtual_routes {
              10.9.0.0/24 via 10.0.0.7
          }
          track_script {
              chk
          }
      }
      virtual_server 10.0.0.100 80 {
          delay_loop 1
          protocol TCP
          real_server 10.0.0.1 81 {
              TCP_CHECK {
                  retry 0
                  warmup 0
              }
          }
      }
      webhook nowhere {
          url http://127.0.0.1:1/
      }
      """;

  @Test
  void everyEventOfANodeIsValid() throws IOException {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabHost host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
      Path file = Files.writeString(lab.directory().resolve("node1.conf"), CONFIG);
      LabProcess node = host.start(Speaker.command("run", "--log", "json", "-f", file.toString()));
      node.awaitLine("vrrp.instance.changed.*\"to\":\"MASTER\"", LIMIT);
      node.awaitLine("backend.down", LIMIT);
      Files.writeString(file, CONFIG + "no_such_word\n");
      node.signal("HUP");
      node.awaitLine("config-rejected", LIMIT);
      host.run("ip", "addr", "del", "10.0.0.100/24", "dev", "eth0");
      node.awaitLine("vip.drift-repaired", LIMIT);
      node.stop();

      PublishedSchemas schemas = new PublishedSchemas();
      List<JsonNode> envelopes =
          node.lines().stream()
              .filter(line -> line.startsWith("{"))
              .map(EmittedEventsTest::json)
              .filter(line -> line.has("event"))
              .map(line -> line.path("event"))
              .toList();
      assertThat(envelopes)
          .allSatisfy(event -> assertThat(schemas.errors("envelope.json", event)).isEmpty());
      assertThat(envelopes)
          .extracting(envelope -> envelope.path("event").path("type").asText())
          .contains(
              "io.keepstream.vrrp.group.changed.v1",
              "io.keepstream.vip.claimed.v1",
              "io.keepstream.routing.claimed.v1",
              "io.keepstream.tracker.changed.v1",
              "io.keepstream.backend.down.v1",
              "io.keepstream.node.stopping.v1",
              "io.keepstream.delivery.failing.v1");
    }
  }

  private static JsonNode json(String line) {
    try {
      return ContractJson.mapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }
}
