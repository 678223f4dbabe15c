package io.keepstream.node.benchmark;

import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.node.benchmark.Checking.Program;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.witness.Recording;
import io.keepstream.testkit.witness.Sighting.Advert;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What checks cost and how fast they find out, beside keepalived: {@code ./keepstream benchmark}.
 * keepalived's calls of IPVS are answered by a stand-in, so both do nothing but check.
 */
@KernelTest(tools = {"keepalived", "cc", "tcpdump", "tshark", "curl"})
@EnabledIfSystemProperty(named = "keepstream.benchmark", matches = "true")
class ChecksBenchmark {
  private static final int SECONDS = Integer.getInteger("keepstream.benchmark.checks.seconds", 10);
  private static final int DETECTIONS = 10;
  private static final int ITS_PORT = 9000;
  private static final String TCP = "  TCP_CHECK { }\n";

  @Test
  void tcp() {
    compare("TCP_CHECK", 5000, TCP, false);
    compare("TCP_CHECK", 20_000, TCP, false);
  }

  @Test
  void http() throws NoSuchAlgorithmException {
    byte[] body = CheckedServers.BODY.getBytes(StandardCharsets.US_ASCII);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
    String check = "  HTTP_GET {\n   url {\n    path /\n    digest " + digest + "\n   }\n  }\n";
    compare("HTTP_GET", 1000, check, true);
    compare("HTTP_GET", 5000, check, true);
  }

  private static void compare(String name, int servers, String check, boolean http) {
    Table table =
        new Table(
            "%d servers, %s".formatted(servers, name),
            "checks per second",
            "CPU per check, us",
            "memory, MB",
            "closes until told, ms",
            "95 %",
            "opens until told, ms",
            "95 %");
    for (Program program : Program.values()) {
      table.row(program + "", measure(program, servers, check, http));
    }
    table.print();
  }

  private static Object[] measure(Program program, int count, String check, boolean http) {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabHost host = lab.host("lb");
      CheckedServers servers = new CheckedServers(host, http);
      ItsServer single = new ItsServer(host);
      Checking checking =
          new Checking(host, program).start(Checking.servers(count, check) + single.service());
      Checking.await(servers, 3 * count);
      double cpuBefore = Usage.cpuSeconds(checking.process());
      int before = servers.connections();
      pass(SECONDS);
      double checks = servers.connections() - before;
      double cpu = Usage.cpuSeconds(checking.process()) - cpuBefore;
      Samples down = new Samples();
      Samples up = new Samples();
      for (int i = 0; i < DETECTIONS; i++) {
        down.add(checking.awaitNotice(ItsServer.ADDRESS, "DOWN", single::shut));
        up.add(checking.awaitNotice(ItsServer.ADDRESS, "UP", single::open));
      }
      return new Object[] {
        decimals(checks / SECONDS),
        decimals(cpu / checks * 1e6),
        decimals(Usage.residentMegabytes(checking.process())),
        down,
        decimals(down.quantile(0.95)),
        up,
        decimals(up.quantile(0.95))
      };
    }
  }

  /** A server of its own beside the many, which comes and goes. */
  private static final class ItsServer {
    static final String ADDRESS = "127.200.0.1";

    private final LabHost host;
    private ServerSocket socket;

    ItsServer(LabHost host) {
      this.host = host;
      open();
    }

    String service() {
      return Checking.service(
          "10.98.0.1", " real_server %s %d {\n  TCP_CHECK { }\n }\n".formatted(ADDRESS, ITS_PORT));
    }

    /** Connections that nobody accepts are connections all the same. */
    void open() {
      socket = host.inside(() -> new ServerSocket(ITS_PORT, 512, InetAddress.ofLiteral(ADDRESS)));
    }

    void shut() {
      try {
        socket.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A thousand servers, of which a new file has one otherwise. */
  @Test
  void reload() {
    Table table =
        new Table("1000 servers: longest time between checks, ms", "unchanged", "reload of one");
    for (Program program : Program.values()) {
      try (NamespaceLab lab = NamespaceLab.create()) {
        LabHost host = lab.host("lb");
        CheckedServers servers = new CheckedServers(host, false);
        String before = Checking.servers(1000, TCP);
        Checking checking = new Checking(host, program).start(before);
        Checking.await(servers, 5000);
        servers.longestGapMillis();
        pass(5);
        double usual = servers.longestGapMillis();
        checking.reload(before.replace(Checking.address(999) + " ", Checking.address(1000) + " "));
        pass(5);
        table.row(program + "", decimals(usual), decimals(servers.longestGapMillis()));
      }
    }
    table.print();
  }

  /** One server in ten swallows packets; how late attempts at all of them start. */
  @Test
  void blackHoles() {
    Table table = new Table("20000 servers, 2000 black holes", "in time by 50 ms, %");
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabHost host = lab.host("lb");
      host.run("nft", "add table inet hole");
      host.run("nft", "add chain inet hole in { type filter hook input priority 0; }");
      host.run("nft", "add rule inet hole in ip daddr 127.0.0.0/8 tcp dport 81 drop");
      CheckedServers servers = new CheckedServers(host, false);
      String config =
          Checking.servers(20_000, TCP).replaceAll("(real_server \\S+0) 8000", "$1 81")
              + "http {\n listen 127.0.0.1:9165\n}\n";
      Checking checking = new Checking(host, Program.KEEPSTREAM).start(config);
      Checking.await(servers, 18_000 * 5);
      Lateness first = Lateness.of(host);
      table.row("first five rounds", first.inTime());
      pass(SECONDS);
      table.row("afterwards", Lateness.of(host).since(first).inTime());
      checking.process().stop();
    }
    table.print();
  }

  /** Attempts, and those of them that started within 50 ms. */
  private record Lateness(double all, double soon) {
    static Lateness of(LabHost host) {
      List<String> lines =
          host.run("curl", "-s", "http://127.0.0.1:9165/metrics").text().lines().toList();
      return new Lateness(
          value(lines, "queue_lag_seconds_count"),
          value(lines, "queue_lag_seconds_bucket.*0.05\""));
    }

    private static double value(List<String> lines, String name) {
      return lines.stream()
          .filter(line -> line.matches("keepstream_health_" + name + ".*"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .findFirst()
          .orElseThrow();
    }

    Lateness since(Lateness before) {
      return new Lateness(all - before.all, soon - before.soon);
    }

    String inTime() {
      return decimals(soon / all * 100);
    }
  }

  /** Adverts of the same process, with nothing to check and with 20000 servers. */
  @Test
  void adverts() {
    Table table = new Table("adverts every 100 ms", "interval, ms", "99 %");
    for (int count : new int[] {0, 20_000}) {
      try (NamespaceLab lab = NamespaceLab.create()) {
        LabBridge lan = lab.bridge("lan");
        LabHost host = lab.host("lb").nic("eth0", lan, "10.0.0.1/24");
        CheckedServers servers = new CheckedServers(host, false);
        SteadinessBenchmark.startMaster(
            host, "global_defs {\n dataplane ipvs\n}\n" + Checking.servers(count, TCP));
        Checking.await(servers, 5 * count);
        pass(5);
        Recording recording = Recording.on(lan);
        pass(2 * SECONDS);
        List<Advert> adverts = SteadinessBenchmark.adverts(recording.stop());
        Samples intervals = new Samples();
        SteadinessBenchmark.gaps(adverts).forEach(intervals::add);
        table.row(count + " servers", intervals, decimals(intervals.quantile(0.99)));
      }
    }
    table.print();
  }

  /** Lets time pass in which something is watched. */
  private static void pass(int seconds) {
    try {
      Thread.sleep(Duration.ofSeconds(seconds));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
