package io.keepstream.node.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.node.benchmark.Samples;
import io.keepstream.node.benchmark.Table;
import io.keepstream.node.benchmark.Usage;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.witness.Adverts;
import io.keepstream.testkit.witness.Sighting.Advert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What a node takes as four containers and as one, from what {@code ./keepstream package} made. */
@KernelTest(tools = {"dockerd", "docker-compose", "nsenter", "curl", "tcpdump", "tshark"})
@EnabledIfSystemProperty(named = "keepstream.benchmark", matches = "true")
class ContainersBenchmark {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int SECONDS = Integer.getInteger("keepstream.benchmark.seconds", 60);
  private static final int REPETITIONS = Integer.getInteger("keepstream.benchmark.repetitions", 11);
  private static final int SETTLING_SECONDS =
      Integer.getInteger("keepstream.benchmark.settling", 20);
  private static final List<String> SERVICES = List.of("election", "health", "lvs", "notifier");
  private static final String ALONE =
      "docker run -d --init --network host --read-only --tmpfs /tmp --cap-drop ALL"
          + " --cap-add NET_ADMIN --cap-add NET_RAW --tmpfs /run/keepstream:mode=0700"
          + " -v $KEEPSTREAM_CONFIG_DIR:/etc/keepalived:ro"
          + " -e KEEPSTREAM_JAVA_OPTS='-Xms16m -XX:NewSize=6m -Xmx80m -XX:-AlwaysPreTouch'"
          + " keepstream";

  /** An address owner announces itself as soon as it can. */
  private static final String CONFIG =
      """
      global_defs {
          router_id node1
      }
      vrrp_instance VI_1 {
          interface eth0
          virtual_router_id 51
          priority 255
          version 3
          advert_int 1
          virtual_ipaddress {
              10.0.0.100/24
          }
      }
      """;

  /** What the engine counts for a container. */
  private record Taken(double memoryMegabytes, double cpuSeconds) {}

  private final ObjectMapper json = new ObjectMapper();
  private NamespaceLab lab;
  private LabBridge lan;
  private DockerHost node;

  @BeforeEach
  void start() throws IOException {
    Built.debianPackage();
    lab = NamespaceLab.create();
    lan = lab.bridge("lan");
    LabHost host = lab.host("node1").nic("eth0", lan, "10.0.0.1/24");
    Path folder = Files.createDirectory(lab.directory().resolve("config"));
    Files.writeString(folder.resolve("keepalived.conf"), CONFIG);
    node = DockerHost.start(host, "KEEPSTREAM_CONFIG_DIR=" + folder);
    node.importBase();
    node.must("docker build -t keepstream .");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void memoryAndIdleness() throws Exception {
    Table table = new Table("container", "memory, MB", "resident, MB", "CPU of a core, %");
    node.must("docker-compose up -d");
    Await.until(LIMIT, "all are ready", () -> SERVICES.stream().allMatch(node::isHealthy));
    List<String> containers = SERVICES.stream().map(node::container).toList();
    measure(table, SERVICES, containers);
    node.must("docker-compose down");
    measure(table, List.of("all in one process"), List.of(node.must(ALONE)));
    table.print();
  }

  private void measure(Table table, List<String> names, List<String> containers) throws Exception {
    TimeUnit.SECONDS.sleep(SETTLING_SECONDS);
    List<Taken> before = taken(containers);
    TimeUnit.SECONDS.sleep(SECONDS);
    List<Taken> after = taken(containers);
    double[] sums = new double[3];
    for (int i = 0; i < names.size(); i++) {
      double[] values = {
        after.get(i).memoryMegabytes(),
        Usage.residentMegabytes(node.jvmOf(containers.get(i)).orElseThrow()),
        (after.get(i).cpuSeconds() - before.get(i).cpuSeconds()) / SECONDS * 100
      };
      row(table, names.get(i), values);
      for (int j = 0; j < sums.length; j++) {
        sums[j] += values[j];
      }
    }
    if (names.size() > 1) {
      row(table, "together", sums);
    }
  }

  private static void row(Table table, String name, double[] values) {
    table.row(
        name,
        String.format(Locale.ROOT, "%.0f", values[0]),
        String.format(Locale.ROOT, "%.0f", values[1]),
        String.format(Locale.ROOT, "%.2f", values[2]));
  }

  /** Memory is less what the kernel may drop at once, as {@code docker stats} shows it. */
  private List<Taken> taken(List<String> containers) throws IOException {
    List<Taken> all = new ArrayList<>();
    for (String container : containers) {
      JsonNode stats = json.readTree(node.must(node.apiCall("containers/" + container + "/stats")));
      JsonNode memory = stats.get("memory_stats");
      JsonNode kinds = memory.get("stats");
      JsonNode droppable =
          kinds.has("total_inactive_file")
              ? kinds.get("total_inactive_file")
              : kinds.get("inactive_file");
      all.add(
          new Taken(
              (memory.get("usage").asDouble() - droppable.asDouble()) / 1e6,
              stats.at("/cpu_stats/cpu_usage/total_usage").asDouble() / 1e9));
    }
    return all;
  }

  @Test
  void startToFirstAdvert() {
    Samples samples = new Samples();
    Adverts adverts = Adverts.on(lan);
    node.must("docker-compose up -d");
    Await.until(LIMIT, "all are ready", () -> SERVICES.stream().allMatch(node::isHealthy));
    for (int i = 0; i < REPETITIONS; i++) {
      node.must("docker-compose stop election");
      node.must("docker-compose start election");
      Instant started = Instant.parse(node.inspect("election", "{{.State.StartedAt}}"));
      Advert first =
          adverts.await(
              Advert.class, each -> each.at().isAfter(started) && each.priority() > 0, LIMIT);
      samples.add(Duration.between(started, first.at()).toNanos() / 1e6);
    }
    Table table = new Table("case", "ms");
    table.row("start of the election's container to its first advert, priority 255", samples);
    table.print();
  }
}
