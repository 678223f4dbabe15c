package io.keepstream.node.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.kafka.KafkaImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two nodes of four containers each, from the Dockerfile, the compose file and the commands of the
 * README as they are. Each node has an engine of its own in a network namespace of its own, and the
 * second a Compose of version 2.
 */
@KernelTest(tools = {"dockerd", "docker-compose", "nsenter", "script", "curl"})
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class ComposeIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String VIP = "10.0.0.100";
  private static final String BROKER = "10.0.0.1:9092";
  private static final List<String> SERVICES = List.of("election", "health", "lvs", "notifier");

  private NamespaceLab lab;
  private DockerHost node1;
  private DockerHost node2;
  private StateReader reader;

  @BeforeAll
  void start() throws IOException {
    Built.debianPackage();
    Path kafka = Built.kafka();
    lab = NamespaceLab.create();
    LabBridge lan = lab.bridge("lan");
    LabHost client = lab.host("client").nic("eth0", lan, "10.0.0.50/24");
    node1 = node(1, 150, lan);
    node2 = node(2, 100, lan, Built.pathWithComposeV2());
    node1.must("docker load -q -i " + kafka);
    node1.must("docker-compose --profile kafka up -d kafka");
    reader = StateReader.start(client, BROKER, "edge.state");
    for (DockerHost node : List.of(node1, node2)) {
      node.importBase();
      Readme.commands("## In containers", "docker").forEach(node::type);
      node.followLogs();
    }
  }

  private DockerHost node(int number, int priority, LabBridge lan, String... variables)
      throws IOException {
    LabHost host = lab.host("node" + number).nic("eth0", lan, "10.0.0." + number + "/24");
    Path folder = Files.createDirectory(lab.directory().resolve("config" + number));
    Files.writeString(folder.resolve("keepalived.conf"), config(number, priority));
    List<String> all =
        Stream.concat(
                Stream.of(
                    "KEEPSTREAM_CONFIG_DIR=" + folder,
                    "KEEPSTREAM_PROBE=2s",
                    "KAFKA_IMAGE=" + KafkaImage.NAME,
                    "KAFKA_ADDRESS=10.0.0.1"),
                Stream.of(variables))
            .toList();
    return DockerHost.start(host, all.toArray(String[]::new));
  }

  private static String config(int number, int priority) {
    return """
    global_defs {
        router_id node%d
    }
    event_stream {
        bootstrap_servers %s
        cluster edge
    }
    vrrp_script answers {
        script "/bin/true"
        interval 1
    }
    vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 51
        priority %d
        version 3
        advert_int 0.5
        virtual_ipaddress {
            %s/24
        }
        track_script {
            answers
        }
    }
    """
        .formatted(number, BROKER, priority, VIP);
  }

  @AfterAll
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  @Order(1)
  void aNodeMayRunWithComposeV2() {
    Built.assumeComposeV2();
    assertThat(node2.must("docker-compose version --short")).startsWith("2.");
  }

  @Test
  @Order(1)
  void bothNodesAreReadyAndOneHasTheAddress() {
    awaitOwner(node1, node2);
    for (DockerHost node : List.of(node1, node2)) {
      SERVICES.forEach(service -> awaitHealthy(node, service));
    }
    for (String service : SERVICES) {
      assertThat(node1.must("docker-compose exec -T %s keepstream status".formatted(service)))
          .as("asked in the container of " + service)
          .contains("VI_1", "MASTER");
    }
    awaitRead("node1/vrrp/VI_1 .*MASTER.*");
  }

  @Test
  @Order(2)
  void eachServiceHasTheRightsItNeedsAndNoOther() throws IOException {
    Map<String, String> rights =
        Map.of(
            "election", "0000000000003000", // NET_ADMIN and NET_RAW
            "health", "0000000000002000", // NET_RAW
            "lvs", "0000000000001000", // NET_ADMIN
            "notifier", "0000000000000000");
    for (String service : SERVICES) {
      String status =
          Files.readString(Path.of("/proc", node1.jvm(service).orElseThrow().pid() + "", "status"));
      assertThat(status)
          .as(service)
          .contains("CapEff:\t" + rights.get(service), "CapBnd:\t" + rights.get(service))
          .contains("NoNewPrivs:\t1");
      assertThat(node1.run("docker-compose exec -T " + service + " touch /usr/x").text())
          .contains("Read-only file system");
    }
  }

  @ParameterizedTest
  @Order(3)
  @ValueSource(strings = {"health", "lvs", "notifier"})
  void aServiceThatIsKilledReturnsAndTheAddressStays(String service) {
    long died = kill(service);
    awaitReturn(service, died);
    assertThat(has(node1)).isTrue();
    assertThat(has(node2)).isFalse();
    assertThat(node1.must("docker-compose exec -T %s keepstream status".formatted(service)))
        .contains("VI_1", "MASTER");
  }

  @Test
  @Order(4)
  void anElectionThatIsKilledLosesTheAddressAndGetsItBack() {
    int before = reader.seen().size();
    long died = kill("election");
    awaitReturn("election", died);
    awaitOwner(node1, node2);
    awaitRead("node2/vrrp/VI_1 .*MASTER.*");
    Await.until(
        LIMIT,
        "node1 is told as MASTER anew",
        () ->
            reader.seen().stream()
                .skip(before)
                .anyMatch(each -> each.matches("node1/vrrp/VI_1 .*MASTER.*")));
  }

  @ParameterizedTest
  @Order(5)
  @ValueSource(strings = {"notifier", "health", "lvs", "election"})
  void aServiceThatIsRestartedLeavesPolitely(String service) {
    node1.must("docker-compose restart " + service);
    awaitHealthy(node1, service);
    awaitOwner(node1, node2);
    assertThat(node1.inspect(service, "{{.State.OOMKilled}}")).isEqualTo("false");
  }

  @Test
  @Order(6)
  void aNodeThatIsTakenDownHandsOver() {
    node1.must("docker-compose stop " + String.join(" ", SERVICES));
    awaitOwner(node2, node1);
    for (String service : SERVICES) {
      assertThat(node1.inspect(service, "{{.State.ExitCode}}")).as(service).isEqualTo("0");
    }
  }

  /** Kills the JVM, as the kernel does without memory; the engine restarts it. */
  private long kill(String service) {
    ProcessHandle jvm = node1.jvm(service).orElseThrow();
    jvm.destroyForcibly();
    return jvm.pid();
  }

  private void awaitReturn(String service, long died) {
    Await.until(
        LIMIT,
        service + " is back",
        () ->
            node1.jvm(service).filter(jvm -> jvm.pid() != died).isPresent()
                && node1.isHealthy(service));
  }

  private static void awaitHealthy(DockerHost node, String service) {
    Await.until(LIMIT, service + " of " + node.host() + " is ready", () -> node.isHealthy(service));
  }

  private void awaitRead(String regex) {
    Await.until(
        LIMIT,
        regex + " in the topic",
        () -> reader.seen().stream().anyMatch(each -> each.matches(regex)));
  }

  private static void awaitOwner(DockerHost owner, DockerHost other) {
    Await.until(LIMIT, "only " + owner.host() + " has " + VIP, () -> has(owner) && !has(other));
  }

  private static boolean has(DockerHost node) {
    return node.host().run("ip", "-o", "addr", "show", "to", VIP).text().contains(VIP);
  }
}
