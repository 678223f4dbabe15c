package io.keepstream.testkit.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.Output;
import io.keepstream.lab.WebServer;
import io.keepstream.testkit.KernelTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@KernelTest(tools = "curl")
class WebServerTest {
  private static final int CURL_REFUSED = 7;
  private static final int CURL_TIMEOUT = 28;

  @Test
  void answersWithItsHostsNameUntilStopped() {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost web1 = lab.host("web1").nic("eth0", lan, "10.0.0.11/24", "fd10::11/64");
      LabHost client = lab.host("client").nic("eth0", lan, "10.0.0.9/24", "fd10::9/64");
      WebServer server = WebServer.start(web1, 80);

      assertThat(get(client, "http://10.0.0.11/")).isEqualTo(new Output(0, "web1 200"));
      assertThat(get(client, "http://[fd10::11]/any")).isEqualTo(new Output(0, "web1 200"));

      server.answer(503, "busy\n");
      assertThat(get(client, "http://10.0.0.11/")).isEqualTo(new Output(0, "busy 503"));
      assertThat(server.requests()).isEqualTo(3);

      server.stop();
      assertThat(get(client, "http://10.0.0.11/").status()).isEqualTo(CURL_REFUSED);

      server.start();
      server.delay(Duration.ofMinutes(1));
      assertThat(get(client, "http://10.0.0.11/").status()).isEqualTo(CURL_TIMEOUT);
      server.stop();
    }
  }

  private static Output get(LabHost client, String url) {
    Output output = client.run("curl", "-s", "-m", "1", "-w", " %{http_code}", url);
    return new Output(output.status(), output.text().replace("\n", ""));
  }
}
