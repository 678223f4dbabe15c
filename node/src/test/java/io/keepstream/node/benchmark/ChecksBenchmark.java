package io.keepstream.node.benchmark;

import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.node.benchmark.Checking.Program;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.peer.Keepalived;
import io.keepstream.testkit.peer.Keepalived.Part;
import io.keepstream.testkit.witness.Recording;
import io.keepstream.testkit.witness.Sighting.Advert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final int MANY = 20_000;
  private static final String TCP = "  TCP_CHECK { }\n";
  private static final String IPVS = "global_defs {\n dataplane ipvs\n}\n";

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
    // One of every second, and another a tenth of a second after a failure.
    table.row("best possible", servers, "", "", "**600**", "1050", "**500**", "950");
    table.print();
  }

  private static Object[] measure(Program program, int count, String check, boolean http) {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabHost host = lab.host("lb");
      CheckedServers servers = new CheckedServers(host, http);
      Comings comings = new Comings(host);
      Checking checking =
          new Checking(host, program).start(Checking.servers(count, check) + comings.service());
      Checking.await(servers, 3 * count);
      double cpuBefore = Usage.cpuSeconds(checking.process());
      int before = servers.connections();
      pass(SECONDS);
      double checks = servers.connections() - before;
      double cpu = Usage.cpuSeconds(checking.process()) - cpuBefore;
      comings.measure(checking);
      return new Object[] {
        decimals(checks / SECONDS),
        decimals(cpu / checks * 1e6),
        decimals(Usage.residentMegabytes(checking.process())),
        comings.down(),
        decimals(comings.down().quantile(0.95)),
        comings.up(),
        decimals(comings.up().quantile(0.95))
      };
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
    Table table =
        new Table(
            "20000 servers, 2000 black holes", "in time by 50 ms, %", "99 % late by less than, ms");
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
      table.row("first five rounds", first.inTime(), first.mostMillis());
      pass(SECONDS);
      Lateness later = Lateness.of(host).since(first);
      table.row("afterwards", later.inTime(), later.mostMillis());
      checking.process().stop();
    }
    table.print();
  }

  /** How many attempts started late by no more than so many seconds. */
  private record Lateness(NavigableMap<Double, Double> within) {
    private static final Pattern BUCKET =
        Pattern.compile("keepstream_health_queue_lag_seconds_bucket\\{.*le=\"(.*)\".*} (.*)");

    static Lateness of(LabHost host) {
      NavigableMap<Double, Double> within = new TreeMap<>();
      host.run("curl", "-s", "http://127.0.0.1:9165/metrics")
          .text()
          .lines()
          .map(BUCKET::matcher)
          .filter(Matcher::matches)
          .forEach(line -> within.put(seconds(line.group(1)), Double.valueOf(line.group(2))));
      return new Lateness(within);
    }

    private static double seconds(String text) {
      return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    Lateness since(Lateness before) {
      NavigableMap<Double, Double> since = new TreeMap<>(within);
      since.replaceAll((seconds, count) -> count - before.within.get(seconds));
      return new Lateness(since);
    }

    String inTime() {
      return decimals(share(0.05) * 100);
    }

    String mostMillis() {
      return within.keySet().stream()
          .filter(seconds -> share(seconds) >= 0.99)
          .findFirst()
          .map(seconds -> decimals(seconds * 1000))
          .orElseThrow();
    }

    private double share(double seconds) {
      return within.get(seconds) / within.lastEntry().getValue();
    }
  }

  /**
   * Adverts of a node with nothing to check and with 20000 servers: keepalived's, which elects and
   * checks in processes of their own, and Keepstream's in one process and in two.
   */
  @Test
  void adverts() {
    Table table = new Table("adverts every 100 ms", "interval, ms", "99 %");
    String servers = Checking.servers(MANY, TCP);
    advertsBeside(
        table,
        new Beside("keepalived, 20000 servers", MANY),
        host -> Keepalived.startWithoutIpvs(host, Part.ALL, SteadinessBenchmark.master(servers)));
    advertsBeside(
        table,
        new Beside("keepstream, no server", 0),
        host -> SteadinessBenchmark.startMaster(host, ""));
    advertsBeside(
        table,
        new Beside("keepstream, 20000 servers", MANY),
        host -> SteadinessBenchmark.startMaster(host, IPVS + servers));
    advertsOfTwo(table, "keepstream, 20000 servers in a process of their own", servers);
    advertsOfTwo(
        table,
        "the same with vrrp_rt_priority",
        "global_defs {\n vrrp_rt_priority 50\n}\n" + servers);
    table.print();
  }

  private static void advertsOfTwo(Table table, String name, String config) {
    advertsBeside(
        table,
        new Beside(name, MANY),
        host -> {
          startAlone(host, "election", IPVS + config);
          startAlone(host, "health", IPVS + config);
        });
  }

  /** What adverts are sent beside. */
  private record Beside(String name, int servers) {}

  private static void startAlone(LabHost host, String service, String more) {
    Path directory = host.lab().directory();
    String config = SteadinessBenchmark.master(more);
    try {
      Path file = Files.writeString(directory.resolve(service + ".conf"), config);
      String meeting = directory.resolve("link").toString();
      host.start("../keepstream", "run", "-f", file + "", "--only", service, "--link-dir", meeting);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void advertsBeside(Table table, Beside beside, Consumer<LabHost> start) {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabHost host = lab.host("lb").nic("eth0", lab.bridge("lan"), "10.0.0.1/24");
      CheckedServers servers = new CheckedServers(host, false);
      start.accept(host);
      Checking.await(servers, 5 * beside.servers());
      pass(5);
      Recording recording = Recording.on(lab.bridge("lan"));
      pass(2 * SECONDS);
      List<Advert> adverts = SteadinessBenchmark.adverts(recording.stop());
      Samples intervals = new Samples();
      SteadinessBenchmark.gaps(adverts).forEach(intervals::add);
      table.row(beside.name(), intervals, decimals(intervals.quantile(0.99)));
    }
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
