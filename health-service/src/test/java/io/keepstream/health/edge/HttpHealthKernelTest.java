package io.keepstream.health.edge;

import io.keepstream.health.config.Configured;
import io.keepstream.health.config.HealthConfig;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.WebServer;
import io.keepstream.testkit.KernelTest;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** HTTP_GET from its configuration to the events of the service. */
@KernelTest
class HttpHealthKernelTest {
  private final NamespaceLab lab = NamespaceLab.create();
  private final LabHost balancer = lab.host("lb").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");

  @AfterEach
  void removeHosts() {
    lab.close();
  }

  @Test
  void aWebServerThatAnswersWronglyLateAndNotAtAll() {
    LabHost web = lab.host("web").nic("eth0", lab.bridge("lan"), "10.0.0.2/24");
    WebServer server = WebServer.start(web, 80);
    try (HealthRig rig = balancer.inside(() -> HealthRig.start(config()))) {
      Await.until(
          HealthRig.SOON, "a check", () -> rig.state().backends().getFirst().evidence() != null);
      server.answer(503, "sorry");
      rig.awaitTold("DOWN STATUS_MISMATCH 2");
      server.answer(200, "fine");
      rig.awaitTold("DOWN STATUS_MISMATCH 2", "UP OK 2");
      server.delay(Duration.ofSeconds(2));
      rig.awaitTold("DOWN STATUS_MISMATCH 2", "UP OK 2", "DOWN RESPONSE_TIMEOUT 2");
      server.stop();
    }
  }

  private static HealthConfig config() {
    return Configured.on(
            new ThisMachine(),
            """
            virtual_server 10.0.0.100 80 {
              protocol TCP
              delay_loop 0.1
              warmup 0
              connect_timeout 0.5
              delay_before_retry 0.1
              real_server 10.0.0.2 80 {
                HTTP_GET {
                  keep_connection
                  http_protocol 1.1
                  url {
                    path /a
                  }
                  url {
                    path /b
                  }
                }
              }
            }
            """)
        .config();
  }
}
