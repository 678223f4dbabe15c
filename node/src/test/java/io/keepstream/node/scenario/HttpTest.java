package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a running node tells over HTTP. */
@KernelTest(tools = "curl")
class HttpTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  static final String ELECTION =
      """
      vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          priority 200
          virtual_ipaddress {
              10.0.0.100/24
          }
      }
      """;

  /**
   * So that there is something of each kind to measure, whenever the server turns out to be down.
   */
  static final String REST =
      """
      vrrp_script chk {
          script "/bin/true"
      }
      vrrp_sync_group G {
          group {
              VI_1
          }
          track_script {
              chk
          }
      }
      bfd_instance peer {
          neighbor_ip 10.0.0.2
      }
      virtual_server 10.0.0.100 80 {
          lvs_sched rr
          lvs_method NAT
          protocol TCP
          real_server 10.0.0.3 80 {
              inhibit_on_failure
              TCP_CHECK {
                  connect_timeout 1
              }
          }
      }
      webhook ops {
          url http://127.0.0.1:9/hook
      }
      http {
      }
      """;

  private NamespaceLab lab;
  private LabHost host;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void metricsHealthAndStateAreThereWhileTheConfigurationSaysSo() throws IOException {
    LabProcess node = Speaker.KEEPSTREAM.start(host, ELECTION + REST);
    node.awaitLine("\\(VI_1\\) Entering MASTER STATE", LIMIT);
    // It listens when all services have started.
    node.awaitLine("Started Keepstream", LIMIT);

    assertThat(body("/metrics"))
        .contains("keepalived_up 1.0", "ip_address=\"10.0.0.100/24\",vrid=\"51\"} 2.0")
        .contains("keepstream_health_targets{", "jvm_memory_used_bytes{")
        .containsPattern("keepstream_event_loop_lag_seconds_count\\{service=\"election\"} [1-9]");
    Set<String> shown = Monitoring.metrics("");
    Await.until(
        LIMIT,
        "every metric of dashboard and alerts",
        () -> Monitoring.missing(shown, body("/metrics")).isEmpty());
    assertThat(status("/livez")).isEqualTo("200");
    assertThat(body("/readyz")).isEqualTo("{\"problems\":[]}");
    assertThat(body("/is-master?vip=10.0.0.100")).contains("\"master\":true");
    assertThat(status("/is-master?vip=10.0.0.99")).isEqualTo("503");
    assertThat(status("/is-master?vip=here")).isEqualTo("400");
    assertThat(body("/livez?%zz")).isEqualTo("the query is not well escaped");
    assertThat(body("/state")).contains("\"service\":\"election\",\"own\":true,\"answered\":true");
    assertThat(body("/nowhere")).contains("there is nothing at /nowhere", "/metrics");

    host.unplug("eth0");
    Await.until(LIMIT, "not ready", () -> status("/readyz").equals("503"));
    assertThat(body("/readyz")).contains("VI_1 is in FAULT", "interface eth0 is down");
    assertThat(status("/livez")).isEqualTo("200");
    assertThat(body("/metrics"))
        .contains("keepstream_events_total{type=\"io.keepstream.vrrp.instance.changed.v1\"}");

    Speaker.rewrite(host, ELECTION);
    node.signal("HUP");
    node.awaitLine("Reloaded configuration", LIMIT);
    assertThat(status("/livez")).isEqualTo("000");
    node.stop();
  }

  private String body(String path) {
    return host.run("curl", "-s", "-m", "10", "http://127.0.0.1:9165" + path).text();
  }

  private String status(String path) {
    String url = "http://127.0.0.1:9165" + path;
    return host.run("curl", "-s", "-m", "10", "-o", "/dev/null", "-w", "%{http_code}", url).text();
  }
}
