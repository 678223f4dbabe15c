package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.node.run.FakeManager;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a service manager hears of a node from its start to its end. */
@KernelTest
class SupervisedTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void itHearsHowTheNodeStands() throws IOException, ErrnoException {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabHost host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
      Path socket = lab.directory().resolve("notify");
      Path config =
          Files.writeString(
              lab.directory().resolve("node.conf"),
              """
              vrrp_instance VI_1 {
                  interface eth0
                  virtual_router_id 51
                  virtual_ipaddress {
                      10.0.0.100/24
                  }
              }
              """);
      try (FakeManager manager = FakeManager.on(socket)) {
        LabProcess node = host.start(supervised(socket, config));
        await(manager, "STATUS=MASTER of VI_1");
        await(manager, "WATCHDOG=1");
        assertThat(manager.told().getFirst()).isEqualTo("READY=1");

        node.signal("HUP");
        Await.until(
            LIMIT,
            "ready again",
            () -> manager.told().stream().filter("READY=1"::equals).count() == 2);
        assertThat(manager.told())
            .anyMatch(told -> told.matches("RELOADING=1\nMONOTONIC_USEC=\\d+"));

        node.stop();
        await(manager, "STOPPING=1");
      }
    }
  }

  private static String[] supervised(Path socket, Path config) {
    return Stream.concat(
            Stream.of("env", "NOTIFY_SOCKET=" + socket, "WATCHDOG_USEC=4000000"),
            Stream.of(Speaker.command("run", "-f", config.toString())))
        .toArray(String[]::new);
  }

  private static void await(FakeManager manager, String message) {
    Await.until(LIMIT, message, () -> manager.told().contains(message));
  }
}
