package io.keepstream.node.benchmark;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.node.scenario.Speaker;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.witness.Recording;
import io.keepstream.testkit.witness.Sighting;
import io.keepstream.testkit.witness.Sighting.Advert;
import io.keepstream.testkit.witness.Sighting.Arp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Whether adverts come when they are due, beside keepalived: {@code ./keepstream benchmark}. Times
 * are the kernel's, taken on the switch.
 */
@KernelTest(tools = {"keepalived", "tcpdump", "tshark"})
@EnabledIfSystemProperty(named = "keepstream.benchmark", matches = "true")
class SteadinessBenchmark {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int SECONDS = Integer.getInteger("keepstream.benchmark.seconds", 60);
  private static final List<Speaker> SPEAKERS =
      List.of(Speaker.KEEPALIVED, Speaker.KEEPSTREAM_BUILT);
  private static final Router VI_1 = new Router("VI_1", "eth0", 1);
  private static final int LANS = 4;
  private static final int INSTANCES_PER_LAN = 250;

  private record Router(String name, String nic, int vrid) {}

  /** Two nodes with adverts every 10 ms, and a loop on each processor that never rests. */
  @Test
  void tenMilliseconds() {
    Table table =
        new Table("case", "adverts per second", "interval, ms", "99 %", "false takeovers");
    for (String scheduling : List.of("", "vrrp_rt_priority 50\nvrrp_no_swap\n")) {
      for (Speaker speaker : SPEAKERS) {
        String name = speaker + (scheduling.isEmpty() ? "" : ", vrrp_rt_priority, vrrp_no_swap");
        table.row(name, tenMilliseconds(speaker, scheduling));
      }
    }
    table.print();
  }

  private static Object[] tenMilliseconds(Speaker speaker, String scheduling) {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost host1 = lab.host("node1").nic("eth0", lan, "10.0.0.1/24");
      LabHost host2 = lab.host("node2").nic("eth0", lan, "10.0.0.2/24");
      String global = "global_defs {\n" + scheduling + "}\n";
      speaker
          .start(host1, global + instance(VI_1, 150, "0.01", "10.0.0.100/24"))
          .awaitLine("Entering MASTER STATE", LIMIT);
      speaker
          .start(host2, global + instance(VI_1, 100, "0.01", "10.0.0.100/24"))
          .awaitLine("Entering BACKUP STATE", LIMIT);
      IntStream.range(0, Runtime.getRuntime().availableProcessors())
          .forEach(i -> host1.start("sh", "-c", "while :; do :; done"));
      Recording recording = Recording.on(lan);
      pass(SECONDS);
      List<Advert> adverts = adverts(recording.stop());
      List<Advert> ours = adverts.stream().filter(each -> each.source().endsWith(".1")).toList();
      Samples intervals = new Samples();
      gaps(ours).forEach(intervals::add);
      return new Object[] {
        decimals(ours.size() / millis(ours.getFirst().at(), ours.getLast().at()) * 1000),
        intervals,
        decimals(intervals.quantile(0.99)),
        beginnings(adverts)
      };
    }
  }

  /** How often the second node began to send. */
  private static long beginnings(List<Advert> adverts) {
    return IntStream.range(0, adverts.size())
        .filter(i -> adverts.get(i).source().endsWith(".2"))
        .filter(i -> i == 0 || adverts.get(i - 1).source().endsWith(".1"))
        .count();
  }

  /** A thousand virtual routers on one node. */
  @Test
  void thousandInstances() {
    Table table = new Table("1000 instances", "off by, ms", "99 %", "CPU, % of one", "memory, MB");
    SPEAKERS.forEach(speaker -> table.row(speaker + "", thousandInstances(speaker)));
    table.print();
  }

  private static Object[] thousandInstances(Speaker speaker) {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabHost host = lab.host("node1");
      List<LabBridge> lans = new ArrayList<>();
      StringBuilder config = new StringBuilder();
      for (int l = 0; l < LANS; l++) {
        lans.add(lab.bridge("lan" + l));
        host.nic("eth" + l, lans.get(l), "10.%d.0.1/16".formatted(l));
        for (int i = 1; i <= INSTANCES_PER_LAN; i++) {
          String name = "VI_%d_%d".formatted(l, i);
          config.append(
              instance(new Router(name, "eth" + l, i), 150, "1", "10.%d.1.%d/16".formatted(l, i)));
        }
      }
      LabProcess process = speaker.start(host, config.toString());
      int all = LANS * INSTANCES_PER_LAN;
      Await.until(LIMIT, "all are MASTER", () -> masters(process) == all);
      pass(10); // announcements are repeated after 5 s
      List<Recording> recordings = lans.stream().map(Recording::on).toList();
      double cpuBefore = Usage.cpuSeconds(process);
      pass(SECONDS);
      double cpu = (Usage.cpuSeconds(process) - cpuBefore) / SECONDS * 100;
      Samples off = new Samples();
      for (Recording recording : recordings) {
        Map<Integer, List<Advert>> byRouter =
            adverts(recording.stop()).stream().collect(Collectors.groupingBy(Advert::vrid));
        byRouter.values().forEach(each -> gaps(each).forEach(gap -> off.add(gap - 1000)));
      }
      Samples absolute = new Samples();
      off.each(value -> absolute.add(Math.abs(value)));
      return new Object[] {
        off,
        decimals(absolute.quantile(0.99)),
        decimals(cpu),
        decimals(Usage.residentMegabytes(process))
      };
    }
  }

  private static long masters(LabProcess process) {
    return process.lines().stream().filter(line -> line.contains("Entering MASTER STATE")).count();
  }

  /** How long a node that takes over 255 addresses takes until each was announced. */
  @Test
  void manyAddresses() {
    Table table = new Table("255 addresses in one instance", "keepalived", "keepstream");
    Samples keepalived = new Samples();
    Samples keepstream = new Samples();
    for (int i = 0; i < 5; i++) {
      keepalived.add(manyAddresses(Speaker.KEEPALIVED));
      keepstream.add(manyAddresses(Speaker.KEEPSTREAM_BUILT));
    }
    table.row("first advert to last address announced, ms", keepalived, keepstream);
    table.print();
  }

  private static double manyAddresses(Speaker speaker) {
    String[] addresses = addresses(255, i -> "10.0.1." + (i + 1) + "/16");
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost host1 = lab.host("node1").nic("eth0", lan, "10.0.0.1/16");
      LabHost host2 = lab.host("node2").nic("eth0", lan, "10.0.0.2/16");
      LabProcess first = speaker.start(host1, instance(VI_1, 150, "0.1", addresses));
      first.awaitLine("Entering MASTER STATE", LIMIT);
      LabProcess second = speaker.start(host2, instance(VI_1, 100, "0.1", addresses));
      second.awaitLine("Entering BACKUP STATE", LIMIT);
      pass(1);
      Recording recording = Recording.on(lan);
      first.kill();
      second.awaitLine("Entering MASTER STATE", LIMIT);
      pass(2);
      List<Sighting> seen = recording.stop();
      Instant began =
          adverts(seen).stream()
              .filter(each -> each.source().endsWith(".2"))
              .findFirst()
              .orElseThrow()
              .at();
      Map<String, Instant> announced = new HashMap<>();
      for (Sighting each : seen) {
        if (each instanceof Arp arp && arp.isGratuitous() && arp.at().isAfter(began)) {
          announced.putIfAbsent(arp.sender(), arp.at());
        }
      }
      if (announced.size() != addresses.length) {
        throw new IllegalStateException(announced.size() + " addresses were announced");
      }
      return millis(began, announced.values().stream().max(Instant::compareTo).orElseThrow());
    }
  }

  /** How late an advert is while a file with a thousand addresses is read anew, one changed. */
  @Test
  void reload() throws IOException {
    Table table = new Table("reload of 1000 addresses, one changed", "keepalived", "keepstream");
    Samples keepalived = new Samples();
    Samples keepstream = new Samples();
    for (int i = 0; i < 5; i++) {
      keepalived.add(reload(Speaker.KEEPALIVED));
      keepstream.add(reload(Speaker.KEEPSTREAM_BUILT));
    }
    table.row("longest advert interval less 100 ms, ms", keepalived, keepstream);
    table.print();
  }

  private static double reload(Speaker speaker) throws IOException {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost host = lab.host("node1").nic("eth0", lan, "10.0.0.1/16");
      Path file = lab.directory().resolve("addresses.conf");
      Files.writeString(file, thousand(0));
      LabProcess process = speaker.start(host, "include " + file + "\n");
      process.awaitLine("Entering MASTER STATE", LIMIT);
      pass(8);
      Recording recording = Recording.on(lan);
      pass(1);
      Files.writeString(file, thousand(1));
      process.signal("HUP");
      Await.until(
          LIMIT,
          "the new address",
          () -> host.run("ip", "-o", "addr", "show", "to", "10.0.9.1").text().contains("10.0.9.1"));
      pass(2);
      return gaps(adverts(recording.stop())).stream().max(Double::compare).orElseThrow() - 100;
    }
  }

  private static String thousand(int changed) {
    String excluded =
        String.join("\n", addresses(998, i -> "10.0.%d.%d/16".formatted(2 + i / 250, i % 250 + 1)));
    return instance(VI_1, 150, "0.1", "10.0.1.1/16")
        .replaceFirst(
            "}\n}\n$",
            "}\nvirtual_ipaddress_excluded {\n%s\n10.0.%d.1/16\n}\n}\n"
                .formatted(excluded, changed == 0 ? 8 : 9));
  }

  private static String[] addresses(int count, IntFunction<String> name) {
    return IntStream.range(0, count).mapToObj(name).toArray(String[]::new);
  }

  private static String instance(
      Router router, int priority, String interval, String... addresses) {
    return """
    vrrp_instance %s {
    state %s
    interface %s
    virtual_router_id %d
    version 3
    priority %d
    advert_int %s
    virtual_ipaddress {
    %s
    }
    }
    """
        .formatted(
            router.name(),
            priority > 100 ? "MASTER" : "BACKUP",
            router.nic(),
            router.vrid(),
            priority,
            interval,
            String.join("\n", addresses));
  }

  /** Starts a node that has a virtual address, adverts every 100 ms, and whatever is given. */
  static void startMaster(LabHost host, String more) {
    Speaker.KEEPSTREAM_BUILT.start(host, master(more)).awaitLine("Entering MASTER STATE", LIMIT);
  }

  /** The configuration of that. */
  static String master(String more) {
    return instance(VI_1, 150, "0.1", "10.0.0.100/24") + more;
  }

  /** Lets time pass in which something is watched. */
  static void pass(int seconds) {
    try {
      Thread.sleep(Duration.ofSeconds(seconds));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Advert> adverts(List<Sighting> seen) {
    return seen.stream().filter(Advert.class::isInstance).map(Advert.class::cast).toList();
  }

  /** Milliseconds between one advert and the next. */
  static List<Double> gaps(List<Advert> adverts) {
    return IntStream.range(1, adverts.size())
        .mapToObj(i -> millis(adverts.get(i - 1).at(), adverts.get(i).at()))
        .toList();
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
