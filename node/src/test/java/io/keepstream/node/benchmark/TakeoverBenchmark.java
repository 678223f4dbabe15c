package io.keepstream.node.benchmark;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.node.scenario.Speaker;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.witness.Adverts;
import io.keepstream.testkit.witness.Sighting.Advert;
import io.keepstream.testkit.witness.Sighting.Arp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How much later than in theory a node takes over, beside keepalived in the same minutes: {@code
 * ./keepstream benchmark}. Times are the kernel's, taken on the switch between the nodes.
 */
@KernelTest(tools = {"keepalived", "tcpdump", "tshark"})
@EnabledIfSystemProperty(named = "keepstream.benchmark", matches = "true")
class TakeoverBenchmark {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int SETTLING_SECONDS = 60;
  private static final int REPETITIONS = Integer.getInteger("keepstream.benchmark.repetitions", 11);
  private static final List<Speaker> SPEAKERS =
      List.of(Speaker.KEEPALIVED, Speaker.KEEPSTREAM_BUILT);

  /** What ends a MASTER. */
  private enum Fault {
    KILL,
    TERM,
    STOP,
    LINK_DOWN
  }

  /** What is taken over: the addresses, and where the nodes' own ones begin. */
  private enum Family {
    IPV4("10.0.0.", "10.0.0.100/24"),
    IPV6("fe80::", "fe80::100/64\nfd10::100/64");

    private final String nodes;
    private final String virtual;

    Family(String nodes, String virtual) {
      this.nodes = nodes;
      this.virtual = virtual;
    }
  }

  /** A case of takeover. */
  private record Case(String interval, Fault fault, Family family) {
    double intervalMillis() {
      return Double.parseDouble(interval) * 1000;
    }

    /** Version 3: Master_Down_Interval is 3 intervals and Skew_Time, which is 156/256 of one. */
    double theoryMillis() {
      double skew = intervalMillis() * (256 - 100) / 256;
      return fault == Fault.TERM ? skew : 3 * intervalMillis() + skew;
    }

    boolean from(Advert advert, int node) {
      return advert.source().equals(family.nodes + node);
    }

    String config(int node, int priority) {
      String own = family == Family.IPV6 ? "mcast_src_ip " + family.nodes + node : "";
      return TakeoverBenchmark.config(
          priority, "advert_int " + interval + "\n" + own, family.virtual);
    }
  }

  @Test
  void takeover() {
    Table table = new Table("case", "keepalived, excess ms", "keepstream, excess ms");
    for (String interval : List.of("1", "0.1", "0.01")) {
      for (Fault fault : Fault.values()) {
        for (Family family : Family.values()) {
          Samples[] samples = samples();
          for (int i = 0; i < REPETITIONS; i++) {
            for (int speaker = 0; speaker < SPEAKERS.size(); speaker++) {
              samples[speaker].add(
                  takeover(SPEAKERS.get(speaker), new Case(interval, fault, family)));
            }
          }
          table.row(interval + " s, " + fault + ", " + family, samples[0], samples[1]);
        }
      }
    }
    table.print();
  }

  @Test
  void startAndSize() {
    Table table = new Table("case", "keepalived", "keepstream");
    Samples[] first = samples();
    Samples[] size = samples();
    for (int i = 0; i < REPETITIONS; i++) {
      for (int speaker = 0; speaker < SPEAKERS.size(); speaker++) {
        double[] start = start(SPEAKERS.get(speaker));
        first[speaker].add(start[0]);
        size[speaker].add(start[1]);
      }
    }
    table.row("start to first advert, priority 255, ms", first[0], first[1]);
    table.row("resident memory of the node, MB", size[0], size[1]);
    table.print();
  }

  /** A process with election-service alone, as in a container of its own. */
  @Test
  void electionAlone() {
    Table table = new Table("election-service alone", "keepstream");
    Samples first = new Samples();
    Samples size = new Samples();
    for (int i = 0; i < REPETITIONS; i++) {
      try (NamespaceLab lab = NamespaceLab.create()) {
        LabBridge lan = lab.bridge("lan");
        LabHost host = lab.host("node1").nic("eth0", lan, "10.0.0.1/24");
        Adverts adverts = watch(lan, host);
        Instant before = Instant.now();
        String config = config(255, "advert_int 1", "10.0.0.100/24");
        LabProcess process = Speaker.startElection(host, config);
        Advert advert = adverts.await(Advert.class, any -> true, LIMIT);
        first.add(millis(Duration.between(before, advert.at())));
        SteadinessBenchmark.pass(SETTLING_SECONDS);
        size.add(Usage.residentMegabytes(process));
      }
    }
    table.row("start to first advert, priority 255, ms", first);
    table.row("resident memory after " + SETTLING_SECONDS + " s, MB", size);
    table.print();
  }

  /**
   * Watches when tshark has decoded its first frame: half a second long it loads, and whoever
   * starts meanwhile has one processor less.
   */
  private static Adverts watch(LabBridge lan, LabHost host) {
    Adverts adverts = Adverts.on(lan);
    host.run("bash", "-c", "echo anybody > /dev/udp/10.0.0.254/9");
    adverts.await(Arp.class, asked -> true, LIMIT);
    return adverts;
  }

  /** Excess in milliseconds of node 2's first takeover after its start. */
  private static double takeover(Speaker speaker, Case one) {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost host1 = lab.host("node1").nic("eth0", lan, "10.0.0.1/24", "fe80::1/64");
      LabHost host2 = lab.host("node2").nic("eth0", lan, "10.0.0.2/24", "fe80::2/64");
      Adverts adverts = watch(lan, host1);
      LabProcess node1 = speaker.start(host1, one.config(1, 150));
      awaitThree(adverts, advert -> one.from(advert, 1));
      speaker.start(host2, one.config(2, 100)).awaitLine("Entering BACKUP STATE", LIMIT);
      Instant ready = Instant.now();
      awaitThree(adverts, advert -> one.from(advert, 1) && advert.at().isAfter(ready));
      Instant before = Instant.now();
      end(host1, node1, one.fault());
      Advert first =
          adverts.await(
              Advert.class, advert -> one.from(advert, 2) && advert.at().isAfter(before), LIMIT);
      Instant last =
          adverts.seen(Advert.class).stream()
              .filter(advert -> one.from(advert, 1) && advert.at().isBefore(first.at()))
              .map(Advert::at)
              .reduce((earlier, later) -> later)
              .orElseThrow();
      return millis(Duration.between(last, first.at())) - one.theoryMillis();
    }
  }

  /** Milliseconds from start to the first advert of an owner, and megabytes it then takes. */
  private static double[] start(Speaker speaker) {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost host = lab.host("node1").nic("eth0", lan, "10.0.0.1/24");
      Adverts adverts = watch(lan, host);
      Instant before = Instant.now();
      LabProcess process = speaker.start(host, config(255, "advert_int 1", "10.0.0.100/24"));
      Advert first = adverts.await(Advert.class, advert -> true, LIMIT);
      awaitThree(adverts, advert -> advert.at().isAfter(first.at()));
      return new double[] {
        millis(Duration.between(before, first.at())), Usage.residentMegabytes(process)
      };
    }
  }

  private static void end(LabHost host, LabProcess process, Fault fault) {
    switch (fault) {
      case KILL -> process.kill();
      case TERM -> process.signal("TERM");
      case STOP -> process.pause();
      case LINK_DOWN -> host.ip("link set eth0 down");
    }
  }

  private static void awaitThree(Adverts adverts, Predicate<Advert> wanted) {
    Await.until(
        LIMIT,
        "three adverts",
        () -> adverts.seen(Advert.class).stream().filter(wanted).count() >= 3);
  }

  private static String config(int priority, String more, String addresses) {
    return """
        vrrp_instance VI_1 {
            state %s
            interface eth0
            virtual_router_id 51
            version 3
            priority %d
            %s
            virtual_ipaddress {
                %s
            }
        }
        """
        .formatted(priority > 100 ? "MASTER" : "BACKUP", priority, more, addresses);
  }

  private static Samples[] samples() {
    Samples[] samples = new Samples[SPEAKERS.size()];
    Arrays.setAll(samples, i -> new Samples());
    return samples;
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
