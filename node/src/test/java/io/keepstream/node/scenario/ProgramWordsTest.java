package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The words about the program as a whole: its name, its scripts, and what a reload says again. */
@KernelTest
class ProgramWordsTest {
  private static final String MASTER = "INSTANCE \"VI_1\" MASTER 255";
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @Test
  void fromTheFirstScriptToTheLast() throws IOException {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabHost host = lab.host("node1").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
      Path told = lab.directory().resolve("told");
      Path fifo = lab.directory().resolve("fifo");
      host.run("mkfifo", fifo.toString()).orThrow("mkfifo");
      LabProcess reader = host.start("cat", fifo.toString());
      LabProcess node = Speaker.KEEPSTREAM.start(host, config("one", told, fifo));
      node.awaitLine("startup_script .* failed: exit status 3", LIMIT);
      node.awaitLine("Entering MASTER STATE", LIMIT);
      assertThat(told).hasContent("startup");
      reader.awaitLine(MASTER, LIMIT);
      int read = reader.lines().size();

      Speaker.rewrite(host, config("one", told, fifo));
      node.signal("HUP");
      reader.awaitLine(MASTER, read, LIMIT);

      Speaker.rewrite(host, config("two", told, fifo));
      node.signal("HUP");
      node.awaitLine("the instance cannot change in a reload: it is one", LIMIT);
      node.stop();
      Await.until(LIMIT, "the end", () -> !node.isAlive());
      assertThat(told).hasContent("startup\nshutdown");
    }
  }

  private static String config(String instance, Path told, Path fifo) {
    return """
    instance %1$s
    global_defs {
        startup_script "/bin/sh -c 'echo startup >> %2$s; exit 3'"
        shutdown_script "/bin/sh -c 'echo shutdown >> %2$s'"
        shutdown_script_timeout 5
        vrrp_notify_fifo %3$s
        fifo_write_vrrp_states_on_reload
    }
    vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 51
        state MASTER
        priority 255
        virtual_ipaddress {
            10.0.0.100/24
        }
    }
    """
        .formatted(instance, told, fifo);
  }
}
