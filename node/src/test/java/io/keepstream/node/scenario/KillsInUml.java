package io.keepstream.node.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.WebServer;
import io.keepstream.testkit.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that is killed while it turns a table of thousands into another one. */
class KillsInUml {
  private static final String VIP = "172.32.10.18";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long SEED = 20_260_501;
  private static final int SERVICES = 20;
  private static final int SERVERS = 100;
  private static final int MOST_KILLS = 16;
  private static final int ENOUGH_IN_THE_MIDDLE = 3;
  private static final long SPREAD_NANOS = 120_000_000;

  private final Random random = new Random(SEED);
  private NamespaceLab lab;
  private LabHost client;
  private LabHost director;
  private Path file;
  private LabProcess process;

  @BeforeEach
  void build() {
    lab = NamespaceLab.create();
    LabBridge lan = lab.bridge("lan");
    client = lab.host("client").nic("eth0", lan, "172.32.10.50/24");
    director =
        lab.host("director")
            .nic("eth0", lan, "192.168.10.11/24", VIP + "/24")
            .sysctl("net.ipv4.ip_forward=1");
    for (int i = 1; i <= 2; i++) {
      LabHost host =
          lab.host("web" + i)
              .nic("eth0", lan, "192.168.10.11%d/24".formatted(i))
              .ip("route add 172.32.10.0/24 via 192.168.10.11");
      WebServer.start(host, 80);
    }
    file = lab.directory().resolve("director.conf");
  }

  @AfterEach
  void close() {
    lab.close();
  }

  /** One of two tables: half of the servers are in both, with other weights. */
  private enum Table {
    FIRST("rr"),
    SECOND("wrr");

    private final String scheduler;

    Table(String scheduler) {
      this.scheduler = scheduler;
    }

    Table other() {
      return this == FIRST ? SECOND : FIRST;
    }

    private IntStream servers() {
      int first = this == FIRST ? 0 : SERVERS / 2;
      return IntStream.range(first, first + SERVERS);
    }

    private int weight(int server) {
      return this == FIRST ? 1 : 2 + server % 3;
    }

    private Stream<String> webs() {
      return Stream.of("192.168.10.111", "192.168.10.112").limit(this == FIRST ? 1 : 2);
    }

    String config(Path will) {
      StringBuilder text = new StringBuilder("global_defs {\n lvs_state_file " + will + "\n}\n");
      text.append("virtual_server %s 80 {\n lvs_sched rr\n protocol TCP\n".formatted(VIP));
      webs().forEach(web -> text.append(" real_server " + web + " 80 { }\n"));
      text.append("}\n");
      for (int i = 1; i <= SERVICES; i++) {
        String net = "10.50." + i + ".";
        text.append("virtual_server 10.99.0.%d 80 {\n lvs_sched ".formatted(i) + scheduler);
        text.append("\n protocol TCP\n");
        servers()
            .forEach(
                server ->
                    text.append(
                        " real_server %s%d 8000 {\n weight %d\n }\n"
                            .formatted(net, server + 1, weight(server))));
        text.append("}\n");
      }
      return text.toString();
    }

    /** The same as {@code ipvsadm -Sn} shows it, in the order of the alphabet. */
    String shown() {
      List<String> lines = new ArrayList<>(List.of("-A -t %s:80 -s rr".formatted(VIP)));
      webs().forEach(web -> lines.add("-a -t %s:80 -r %s:80 -m -w 1".formatted(VIP, web)));
      for (int i = 1; i <= SERVICES; i++) {
        String service = "-t 10.99.0." + i + ":80";
        String net = "10.50." + i + ".";
        lines.add("-A %s -s %s".formatted(service, scheduler));
        servers()
            .mapToObj(
                server ->
                    "-a %s -r %s%d:8000 -m -w %d"
                        .formatted(service, net, server + 1, weight(server)))
            .forEach(lines::add);
      }
      return lines.stream().sorted().collect(Collectors.joining("\n"));
    }
  }

  private String table() {
    return director
        .run("ipvsadm", "-Sn")
        .orThrow("ipvsadm")
        .text()
        .lines()
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  /** Only a look into the kernel, because an ipvsadm takes longer than the change. */
  private String firstService() {
    return director.inside(
        () ->
            Files.readAllLines(Path.of("/proc/thread-self/net/ip_vs")).stream()
                .filter(line -> line.startsWith("TCP  0A630001:0050"))
                .findFirst()
                .orElseThrow()
                .strip());
  }

  private void start() {
    process = director.start(Speaker.command("run", "-C", "-f", file.toString()));
    process.awaitLine("LVS ready", LIMIT);
  }

  private void write(Table table) throws IOException {
    Files.writeString(file, table.config(lab.directory().resolve("will.json")));
  }

  private void awaitTable(Table wanted, String when) {
    String shown = wanted.shown();
    Await.until(LIMIT, "the whole table " + when, () -> table().equals(shown));
  }

  @Test
  @Proves("FI-17")
  void theNextProcessFinishesWhatAKilledOneHasBegun() throws IOException {
    Table now = Table.FIRST;
    write(now);
    start();
    awaitTable(now, "at first");
    int inTheMiddle = 0;
    int kills = 0;
    try (Session old = Session.to("web1", client, VIP)) {
      while (inTheMiddle < ENOUGH_IN_THE_MIDDLE) {
        assertThat(kills++)
            .as("kills, of which %d in the middle", inTheMiddle)
            .isLessThan(MOST_KILLS);
        String before = now.shown();
        now = now.other();
        killInAChangeTo(now);
        String left = table();
        inTheMiddle += left.equals(before) || left.equals(now.shown()) ? 0 : 1;
        assertThat(old.ask()).as("kill %d", kills).isEqualTo("web1");
        start();
        awaitTable(now, "after kill " + kills);
        assertThat(old.ask()).as("after kill %d", kills).isEqualTo("web1");
      }
    }
    System.out.printf("%d kills, %d in the middle of a change%n", kills, inTheMiddle);
  }

  /** Some time after the first of its changes. */
  private void killInAChangeTo(Table next) throws IOException {
    write(next);
    process.signal("HUP");
    Await.until(LIMIT, "the first change", () -> firstService().endsWith(" " + next.scheduler));
    LockSupport.parkNanos(random.nextLong(SPREAD_NANOS));
    process.kill();
  }
}
