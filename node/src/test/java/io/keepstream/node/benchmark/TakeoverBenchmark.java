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
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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
  private static final int REPETITIONS = Integer.getInteger("keepstream.benchmark.repetitions", 11);
  private static final List<Speaker> SPEAKERS =
      List.of(Speaker.KEEPALIVED, Speaker.KEEPSTREAM_BUILT);

  private enum Fault {
    KILL,
    TERM
  }

  @Test
  void takeover() {
    Table table = new Table("case", "keepalived, excess ms", "keepstream, excess ms");
    for (double interval : new double[] {1, 0.1}) {
      for (Fault fault : Fault.values()) {
        Samples[][] samples = samples(2);
        for (int i = 0; i < REPETITIONS; i++) {
          for (int speaker = 0; speaker < SPEAKERS.size(); speaker++) {
            double[] excess = takeovers(SPEAKERS.get(speaker), interval, fault);
            samples[0][speaker].add(excess[0]);
            samples[1][speaker].add(excess[1]);
          }
        }
        String name = "advert_int %s, %s".formatted(interval == 1 ? "1" : "0.1", fault);
        table.row(name + ", first after start", samples[0][0], samples[0][1]);
        table.row(name + ", second", samples[1][0], samples[1][1]);
      }
    }
    table.print();
  }

  @Test
  void startAndSize() {
    Table table = new Table("case", "keepalived", "keepstream");
    Samples[][] samples = samples(2);
    for (int i = 0; i < REPETITIONS; i++) {
      for (int speaker = 0; speaker < SPEAKERS.size(); speaker++) {
        double[] start = start(SPEAKERS.get(speaker));
        samples[0][speaker].add(start[0]);
        samples[1][speaker].add(start[1]);
      }
    }
    table.row("start to first advert, priority 255, ms", samples[0][0], samples[0][1]);
    table.row("resident memory of the node, MB", samples[1][0], samples[1][1]);
    table.print();
  }

  /** Excess in milliseconds of node 2's first and second takeover of its life. */
  private static double[] takeovers(Speaker speaker, double interval, Fault fault) {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost host1 = lab.host("node1").nic("eth0", lan, "10.0.0.1/24");
      LabHost host2 = lab.host("node2").nic("eth0", lan, "10.0.0.2/24");
      Adverts adverts = Adverts.on(lan);
      speaker.start(host2, config(100, interval)).awaitLine("Entering BACKUP STATE", LIMIT);
      double[] excess = new double[2];
      for (int i = 0; i < excess.length; i++) {
        LabProcess node1 = speaker.start(host1, config(150, interval));
        awaitSeveral(adverts, 1, 3);
        Instant before = Instant.now();
        end(node1, fault);
        Advert first =
            adverts.await(
                Advert.class, advert -> from(advert, 2) && advert.at().isAfter(before), LIMIT);
        Instant last =
            adverts.seen(Advert.class).stream()
                .filter(advert -> from(advert, 1) && advert.at().isBefore(first.at()))
                .map(Advert::at)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        excess[i] = millis(Duration.between(last, first.at())) - theoryMillis(interval, fault);
        awaitSeveral(adverts, 2, 3);
      }
      return excess;
    }
  }

  /** Milliseconds from start to the first advert of an owner, and megabytes it then takes. */
  private static double[] start(Speaker speaker) {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost host = lab.host("node1").nic("eth0", lan, "10.0.0.1/24");
      Adverts adverts = Adverts.on(lan);
      Instant before = Instant.now();
      LabProcess process = speaker.start(host, config(255, 1));
      Advert first = adverts.await(Advert.class, advert -> true, LIMIT);
      awaitSeveral(adverts, 1, 5);
      return new double[] {
        millis(Duration.between(before, first.at())), Usage.residentMegabytes(process)
      };
    }
  }

  private static void end(LabProcess process, Fault fault) {
    switch (fault) {
      case KILL -> process.kill();
      case TERM -> process.signal("TERM");
    }
  }

  /** Version 3: Master_Down_Interval is 3 intervals and Skew_Time, which is 156/256 of one. */
  private static double theoryMillis(double interval, Fault fault) {
    double skew = interval * 1000 * (256 - 100) / 256;
    return fault == Fault.TERM ? skew : 3 * interval * 1000 + skew;
  }

  private static void awaitSeveral(Adverts adverts, int node, int more) {
    long before = count(adverts, node);
    Await.until(
        LIMIT, more + " adverts of node" + node, () -> count(adverts, node) >= before + more);
  }

  private static long count(Adverts adverts, int node) {
    return adverts.seen(Advert.class).stream().filter(advert -> from(advert, node)).count();
  }

  private static boolean from(Advert advert, int node) {
    return advert.source().equals("10.0.0." + node);
  }

  private static String config(int priority, double interval) {
    return """
        vrrp_instance VI_1 {
            state %s
            interface eth0
            virtual_router_id 51
            version 3
            priority %d
            advert_int %s
            virtual_ipaddress {
                10.0.0.100/24
            }
        }
        """
        .formatted(priority > 100 ? "MASTER" : "BACKUP", priority, interval);
  }

  private static Samples[][] samples(int cases) {
    Samples[][] samples = new Samples[cases][SPEAKERS.size()];
    for (Samples[] row : samples) {
      Arrays.setAll(row, i -> new Samples());
    }
    return samples;
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
