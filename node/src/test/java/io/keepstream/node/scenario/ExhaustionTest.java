package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.node.run.KeepalivedSignal;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.witness.Adverts;
import io.keepstream.testkit.witness.Sighting.Advert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose disk is full or whose log goes nowhere. */
@KernelTest(tools = {"tcpdump", "tshark", "unshare"})
class ExhaustionTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private NamespaceLab lab;
  private LabHost host;
  private Adverts adverts;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    LabBridge lan = lab.bridge("lan");
    host = lab.host("node1").nic("eth0", lan, "10.0.0.1/16");
    adverts = Adverts.on(lan);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  @Proves("FI-24")
  void aLogThatTakesNothingChangesNothing() throws IOException {
    Path config = lab.directory().resolve("node.conf");
    Files.writeString(config, instance(150));
    LabProcess node = start("exec \"$@\" > /dev/full 2>&1", config);
    awaitAdverts(150);
    Files.writeString(config, instance(151));
    node.signal("HUP");
    awaitAdverts(151);
    assertThat(node.isAlive()).isTrue();
  }

  @Test
  @Proves("FI-24")
  void aFullDiskAndOneThatIsReadOnlyAreSaidAndChangeNothing() throws IOException {
    Path full = Files.createDirectory(lab.directory().resolve("full"));
    Path fixed = Files.createDirectory(lab.directory().resolve("fixed"));
    Path config = lab.directory().resolve("node.conf");
    String dumps =
        "global_defs {\nstate_dump_file %s/\nstats_dump_file %s/\n}\n".formatted(full, fixed);
    Files.writeString(config, dumps + instance(150));
    LabProcess node =
        start(
            """
            mount -t tmpfs -o size=4k full %1$s && head -c 4096 /dev/zero > %1$s/all
            mount -t tmpfs -o ro fixed %2$s
            exec "$@"
            """
                .formatted(full, fixed),
            config);
    node.awaitLine("Entering MASTER STATE", LIMIT);
    node.signal(String.valueOf(KeepalivedSignal.DATA.number()));
    node.awaitLine("keepalived.data was not written: .*No space left", LIMIT);
    node.signal(String.valueOf(KeepalivedSignal.STATS.number()));
    node.awaitLine("keepalived.stats was not written: .*Read-only", LIMIT);
    awaitAdverts(150);
  }

  /** Runs ours below a shell that does {@code how} to it, with mounts of its own. */
  private LabProcess start(String how, Path config) {
    List<String> words = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", how, "sh"));
    words.addAll(List.of(Speaker.command("run", "-f", config.toString())));
    return host.start(words.toArray(String[]::new));
  }

  private void awaitAdverts(int priority) {
    Instant from = Instant.now();
    Await.until(
        LIMIT,
        "three adverts of priority " + priority,
        () ->
            adverts.seen(Advert.class).stream()
                    .filter(each -> each.at().isAfter(from) && each.priority() == priority)
                    .count()
                >= 3);
  }

  private static String instance(int priority) {
    return """
    vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 51
        version 3
        advert_int 0.5
        priority %d
        virtual_ipaddress {
            10.0.0.100/24
        }
    }
    """
        .formatted(priority);
  }
}
