package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.WebServer;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import io.keepstream.testkit.witness.Adverts;
import io.keepstream.testkit.witness.Sighting.Advert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A node that may open far fewer files than its checks would have open at the same time. */
@KernelTest(tools = {"setpriv", "tcpdump", "tshark"})
class FileLimitTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int FILES = 160;
  private static final int HOLES = 300;

  /** The least that a node allows itself at the same time, however few files it may open. */
  private static final int ATTEMPTS = 16;

  @Test
  @Proves("FI-25")
  void checksTakeTurnsAndTheElectionGoesOn() throws IOException {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost host = lab.host("node1").nic("eth0", lan, "10.0.0.1/24");
      host.run("nft", "add table inet hole");
      host.run("nft", "add chain inet hole in { type filter hook input priority 0; }");
      host.run("nft", "add rule inet hole in tcp dport 81 drop");
      WebServer web = WebServer.start(host, 80);
      Adverts adverts = Adverts.on(lan);
      LabProcess node = start(host);
      node.awaitLine(
          "%d checks may need .* may have %d: at most %d attempts"
              .formatted(HOLES + 1, FILES, ATTEMPTS),
          LIMIT);
      node.awaitLine("Entering MASTER STATE", LIMIT);
      Instant began = Instant.now();
      AtomicInteger mostAttempts = new AtomicInteger();
      AtomicInteger mostFiles = new AtomicInteger();
      Await.until(
          LIMIT,
          "all holes are known",
          () -> {
            mostAttempts.accumulateAndGet(attempts(host), Math::max);
            mostFiles.accumulateAndGet(openFiles(node), Math::max);
            return down(node) == HOLES;
          });
      assertThat(mostAttempts.get()).isBetween(2, ATTEMPTS);
      assertThat(mostFiles.get()).isBetween(1, FILES - 1);
      web.stop();
      node.awaitLine("127\\.1\\.0\\.1.* is DOWN .*CONNECT_REFUSED", LIMIT);
      Await.until(LIMIT, "three adverts", () -> since(adverts, began).size() >= 3);
      List<Advert> beat = since(adverts, began);
      for (int i = 1; i < beat.size(); i++) {
        assertThat(Duration.between(beat.get(i - 1).at(), beat.get(i).at()))
            .isLessThan(Duration.ofMillis(1500));
      }
      assertThat(node.text()).doesNotContain("Too many open files");
    }
  }

  /** Without the capability to raise its own limit. */
  private static LabProcess start(LabHost host) throws IOException {
    Path file = host.lab().directory().resolve("node.conf");
    Files.writeString(file, config());
    Stream<String> limited =
        Stream.of(
            "setpriv",
            "--bounding-set=-sys_resource",
            "--inh-caps=-sys_resource",
            "sh",
            "-c",
            "ulimit -n %d; exec \"$@\"".formatted(FILES),
            "sh");
    Stream<String> program = Stream.of(Speaker.command("run", "-f", file.toString()));
    return host.start(Stream.concat(limited, program).toArray(String[]::new));
  }

  private static String config() {
    String holes =
        IntStream.range(0, HOLES)
            .mapToObj(
                i -> "real_server 127.2.%d.%d 81 { TCP_CHECK { } }".formatted(i / 250, i % 250))
            .collect(Collectors.joining("\n"));
    return """
        vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          version 3
          advert_int 1
          priority 200
          virtual_ipaddress {
            10.0.0.100
          }
        }
        virtual_server 10.0.0.100 80 {
          protocol TCP
          delay_loop 1
          connect_timeout 0.5
          delay_before_retry 0.1
          real_server 127.1.0.1 80 { TCP_CHECK { } }
          %s
        }
        """
        .formatted(holes);
  }

  private static long down(LabProcess node) {
    return node.lines().stream()
        .filter(line -> line.contains("is DOWN") && line.contains("CONNECT_TIMEOUT"))
        .count();
  }

  private static List<Advert> since(Adverts adverts, Instant from) {
    return adverts.seen(Advert.class).stream().filter(each -> each.at().isAfter(from)).toList();
  }

  /**
   * How many checks wait for an answer from a hole at the same time: ss reads the sockets one by
   * one, so only those that two readings have in common were surely there together.
   */
  private static int attempts(LabHost host) {
    Set<String> attempts = reading(host);
    attempts.retainAll(reading(host));
    return attempts.size();
  }

  private static Set<String> reading(LabHost host) {
    return host.run("ss", "-Htn", "state", "syn-sent", "dport = :81")
        .orThrow("ss")
        .text()
        .lines()
        .map(line -> line.strip().split("\\s+", 3)[2])
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static int openFiles(LabProcess node) {
    return Path.of("/proc", node.pid() + "", "fd").toFile().list().length;
  }
}
