package io.keepstream.node.benchmark;

import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.testkit.peer.Keepalived;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The figures with one number of real servers; times are those of one slow processor, which all
 * three programs share.
 */
abstract class TableFiguresInUml {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int REPETITIONS = 3;

  /** From here on once is enough: it takes long, and differs less. */
  private static final int MANY = 5_000;

  private static final int VERDICTS = 20;
  private static final int SWEEP_SECONDS = 30;
  private static final int PER_SERVICE = 100;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Pattern EVENT =
      Pattern.compile("\"occurredAt\":\"([^\"]+)\".*\"type\":\"io\\.keepstream\\.backend\\.(\\w+)");

  private final int servers;

  TableFiguresInUml(int servers) {
    this.servers = servers;
  }

  /** With 1000. */
  static final class OfThousandInUml extends TableFiguresInUml {
    OfThousandInUml() {
      super(1_000);
    }
  }

  /** With 10000. */
  static final class OfTenThousandInUml extends TableFiguresInUml {
    OfTenThousandInUml() {
      super(10_000);
    }
  }

  @Test
  void figures() throws IOException {
    Table table = new Table("real servers, 100 in each virtual server", "" + servers);
    Column column = new Column(servers);
    table.row("`ipvsadm -R`, ms", column.restore);
    table.row("keepalived, first to last in the kernel, ms", column.theirs);
    table.row("keepstream, first to last in the kernel, ms", column.ours);
    table.row("keepstream, the end: all removed, ms", column.removal);
    table.row("keepstream, a sweep every 5 s that finds nothing, % of the processor", column.sweep);
    table.row("keepstream, verdict to table, ms", column.verdict);
    table.print();
  }

  /** What is measured with one number of servers. */
  private static final class Column {
    private final int servers;
    private final Samples restore = new Samples();
    private final Samples theirs = new Samples();
    private final Samples ours = new Samples();
    private final Samples removal = new Samples();
    private final Samples verdict = new Samples();
    private String sweep;

    Column(int servers) throws IOException {
      this.servers = servers;
      int repetitions = servers < MANY ? REPETITIONS : 1;
      for (int i = 0; i < repetitions; i++) {
        measureRestore();
        measureKeepalived();
        measureKeepstream(i == repetitions - 1);
      }
    }

    private void measureRestore() throws IOException {
      try (NamespaceLab lab = NamespaceLab.create()) {
        Path rules = lab.directory().resolve("rules");
        Files.writeString(rules, rules());
        long startNanos = System.nanoTime();
        lab.host("restore").run(LIMIT, "sh", "-c", "ipvsadm -R < " + rules).orThrow("ipvsadm -R");
        restore.add((System.nanoTime() - startNanos) / NANOS_PER_MILLI);
      }
    }

    private void measureKeepalived() {
      try (NamespaceLab lab = NamespaceLab.create()) {
        LabHost host = lab.host("theirs");
        Keepalived keepalived = Keepalived.start(host, Keepalived.Part.CHECKERS, config(""));
        theirs.add(firstToLast(host));
        keepalived.kill();
      }
    }

    private void measureKeepstream(boolean last) throws IOException {
      try (NamespaceLab lab = NamespaceLab.create()) {
        LabHost host = lab.host("ours");
        Path number = lab.directory().resolve("number");
        Files.writeString(number, "0\n");
        Path file = lab.directory().resolve("keepstream.conf");
        Files.writeString(file, config(number.toString()));
        LabProcess process =
            host.start("../keepstream", "run", "-C", "--log", "json", "-f", file.toString());
        ours.add(firstToLast(host));
        if (last) {
          process.awaitLine("node\\.started", LIMIT);
          measureVerdicts(process, number);
          measureSweep(process);
        }
        long startNanos = System.nanoTime();
        process.signal("TERM");
        Await.until(LIMIT, "an empty table", () -> destinations(host) <= 0);
        removal.add((System.nanoTime() - startNanos) / NANOS_PER_MILLI);
      }
    }

    /** A server that follows a file goes and comes. */
    private void measureVerdicts(LabProcess process, Path number) throws IOException {
      for (int i = 0; i < VERDICTS; i++) {
        boolean down = i % 2 == 0;
        int from = process.lines().size();
        Files.writeString(number, down ? "1\n" : "0\n");
        process.awaitLine(down ? "backend.removed" : "backend.added", from, LIMIT);
        Instant said = null;
        for (String line : process.lines().subList(from, process.lines().size())) {
          Matcher event = EVENT.matcher(line);
          if (event.find()) {
            Instant when = Instant.parse(event.group(1));
            switch (event.group(2)) {
              case "up", "down" -> said = when;
              default -> verdict.add(Duration.between(said, when).toNanos() / NANOS_PER_MILLI);
            }
          }
        }
      }
    }

    private void measureSweep(LabProcess process) {
      pass(Duration.ofSeconds(12));
      double before = Usage.cpuSeconds(process);
      pass(Duration.ofSeconds(SWEEP_SECONDS));
      double percent = (Usage.cpuSeconds(process) - before) * 100 / SWEEP_SECONDS;
      sweep = String.format(Locale.ROOT, "%.2f", percent);
    }

    private static void pass(Duration time) {
      long endNanos = System.nanoTime() + time.toNanos();
      Await.until(time.plusSeconds(60), "time", () -> System.nanoTime() > endNanos);
    }

    /** From the first destination in the kernel to the last, in milliseconds. */
    private double firstToLast(LabHost host) {
      awaitDestinations(host, 1);
      long firstNanos = System.nanoTime();
      awaitDestinations(host, servers);
      return (System.nanoTime() - firstNanos) / NANOS_PER_MILLI;
    }

    /** Looks seldom, because looking takes the one processor. */
    private void awaitDestinations(LabHost host, int least) {
      long pauseNanos = servers * 2_000L;
      Await.until(
          LIMIT,
          least + " destinations",
          () -> {
            LockSupport.parkNanos(pauseNanos);
            return destinations(host) >= least;
          });
    }

    private static long destinations(LabHost host) {
      return host.inside(
          () -> {
            String table = Files.readString(Path.of("/proc/thread-self/net/ip_vs"));
            return table.lines().filter(line -> line.startsWith("  -> ")).count() - 1;
          });
    }

    private String config(String file) {
      StringBuilder text = new StringBuilder();
      if (!file.isEmpty()) {
        text.append("track_file F {\n file %s\n}\n".formatted(file));
      }
      for (int i = 0; i < servers; i++) {
        if (i % PER_SERVICE == 0) {
          text.append(
              "virtual_server %s 80 {\n lvs_sched rr\n protocol TCP\n".formatted(virtual(i)));
          text.append(" lvs_method NAT\n delay_loop 60\n");
        }
        String check =
            i == 0 && !file.isEmpty() ? "FILE_CHECK {\n track_file F\n weight 0\n }\n" : "";
        text.append(" real_server %s 8000 {\n weight 1\n %s}\n".formatted(real(i), check));
        if (i % PER_SERVICE == PER_SERVICE - 1) {
          text.append("}\n");
        }
      }
      return text.toString();
    }

    private String rules() {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < servers; i++) {
        if (i % PER_SERVICE == 0) {
          text.append("-A -t %s:80 -s rr\n".formatted(virtual(i)));
        }
        text.append("-a -t %s:80 -r %s:8000 -m -w 1\n".formatted(virtual(i), real(i)));
      }
      return text.toString();
    }

    private static String virtual(int i) {
      return "10.99.0." + (i / PER_SERVICE + 1);
    }

    private static String real(int i) {
      return "10.50.%d.%d".formatted(i / 200, i % 200 + 1);
    }
  }
}
