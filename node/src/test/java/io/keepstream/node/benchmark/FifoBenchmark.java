package io.keepstream.node.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.LabProcess;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.node.scenario.Speaker;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.witness.Recording;
import io.keepstream.testkit.witness.Sighting.Advert;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How long after an advert the line is in a FIFO, beside keepalived in the same minutes: {@code
 * ./keepstream benchmark}. The time of an advert is the kernel's, taken on the switch; that of a
 * line is when a reader has it.
 */
@KernelTest(tools = {"keepalived", "tcpdump", "tshark"})
@EnabledIfSystemProperty(named = "keepstream.benchmark", matches = "true")
class FifoBenchmark {
  private static final int LIVES = Integer.getInteger("keepstream.benchmark.lives", 5);
  private static final int REPETITIONS = Integer.getInteger("keepstream.benchmark.repetitions", 40);
  private static final int LIMIT_SECONDS = 30;
  private static final List<Speaker> SPEAKERS =
      List.of(Speaker.KEEPALIVED, Speaker.KEEPSTREAM_BUILT);
  private static final int VRID = 51;
  private static final int HIGHER = 200;
  private static final int RESIGNS = 0;
  private static final int INTERVAL_CENTIS = 10;
  private static final String ADDRESS = "10.0.0.100";
  private static final String OWN = "10.0.0.1";
  private static final String RIVAL = "10.0.0.2";

  /** A line, and when it was read. */
  private record Line(Instant at, String text) {}

  /** What is measured of a program. */
  private record Figures(Samples backup, Samples master, Samples firstBackup, Samples firstMaster) {
    Figures() {
      this(new Samples(), new Samples(), new Samples(), new Samples());
    }
  }

  @Test
  void fromAnAdvertToALine() throws Exception {
    Map<Speaker, Figures> figures = new EnumMap<>(Speaker.class);
    for (int life = 0; life < LIVES; life++) {
      for (Speaker speaker : SPEAKERS) {
        live(speaker, figures.computeIfAbsent(speaker, first -> new Figures()));
      }
    }
    Figures theirs = figures.get(Speaker.KEEPALIVED);
    Figures ours = figures.get(Speaker.KEEPSTREAM_BUILT);
    Table table = new Table("case", "keepalived, ms", "keepstream, ms");
    table.row("higher advert to line BACKUP", theirs.backup(), ours.backup());
    table.row("first of a life", theirs.firstBackup(), ours.firstBackup());
    table.row("own first advert to line MASTER", theirs.master(), ours.master());
    table.row("first of a life", theirs.firstMaster(), ours.firstMaster());
    table.print();
  }

  private static void live(Speaker speaker, Figures figures) throws Exception {
    try (NamespaceLab lab = NamespaceLab.create()) {
      LabBridge lan = lab.bridge("lan");
      LabHost node = lab.host("node").nic("eth0", lan, OWN + "/24");
      LabHost other = lab.host("other").nic("eth0", lan, RIVAL + "/24");
      Path fifo = lab.directory().resolve("fifo");
      node.run("mkfifo", "-m", "600", fifo.toString()).orThrow("mkfifo");
      BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
      Recording recording = Recording.on(lan);
      LabProcess process = speaker.start(node, config(fifo));
      Thread.ofPlatform().daemon().start(() -> read(fifo, lines));
      List<Line> read = new ArrayList<>();
      awaitLine(lines, "MASTER", read);
      try (Rival rival = new Rival(other, "eth0", RIVAL)) {
        for (int i = 0; i < REPETITIONS; i++) {
          rival.says(VRID, HIGHER, INTERVAL_CENTIS, ADDRESS);
          awaitLine(lines, "BACKUP", read);
          rival.says(VRID, RESIGNS, INTERVAL_CENTIS, ADDRESS);
          awaitLine(lines, "MASTER", read);
        }
      }
      process.stop();
      List<Advert> adverts =
          recording.stop().stream()
              .filter(Advert.class::isInstance)
              .map(Advert.class::cast)
              .toList();
      evaluate(read, adverts, figures);
    }
  }

  /** Lines that a program says when it starts are the first of its life, and not of the others. */
  private static void evaluate(List<Line> read, List<Advert> adverts, Figures figures) {
    boolean firstBackup = true;
    boolean firstMaster = true;
    for (Line line : read) {
      boolean master = line.text().contains("MASTER");
      Optional<Instant> advert =
          master ? ownFirst(adverts, line.at()) : last(adverts, line.at(), HIGHER);
      if (advert.isEmpty()) {
        continue; // said without one, or its end was not recorded any more
      }
      double millis = millis(advert.get(), line.at());
      if (master) {
        (firstMaster ? figures.firstMaster() : figures.master()).add(millis);
        firstMaster = false;
      } else {
        (firstBackup ? figures.firstBackup() : figures.backup()).add(millis);
        firstBackup = false;
      }
    }
  }

  private static Optional<Instant> last(List<Advert> adverts, Instant before, int priority) {
    return adverts.stream()
        .filter(advert -> advert.source().equals(RIVAL) && advert.priority() == priority)
        .map(Advert::at)
        .filter(at -> at.isBefore(before))
        .reduce((earlier, later) -> later);
  }

  /** Its first advert since the other resigned, though that may be later than the line. */
  private static Optional<Instant> ownFirst(List<Advert> adverts, Instant line) {
    Instant since = last(adverts, line, RESIGNS).orElse(Instant.EPOCH);
    return adverts.stream()
        .filter(advert -> advert.source().equals(OWN) && advert.at().isAfter(since))
        .map(Advert::at)
        .findFirst();
  }

  private static void awaitLine(BlockingQueue<Line> lines, String word, List<Line> read)
      throws InterruptedException {
    Line line;
    do {
      line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      assertThat(line).as("a line " + word).isNotNull();
      read.add(line);
    } while (!line.text().contains(word));
  }

  private static void read(Path fifo, BlockingQueue<Line> lines) {
    try (BufferedReader in =
        new BufferedReader(new FileReader(fifo.toFile(), StandardCharsets.UTF_8))) {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        lines.add(new Line(Instant.now(), text));
      }
    } catch (IOException e) {
      // It went with the lab.
    }
  }

  private static double millis(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e6;
  }

  private static String config(Path fifo) {
    return """
        global_defs {
            vrrp_notify_fifo %s
        }
        vrrp_instance VI_1 {
            interface eth0
            virtual_router_id %d
            version 3
            priority 100
            advert_int 0.%d
            virtual_ipaddress {
                %s/24
            }
        }
        """
        .formatted(fifo, VRID, INTERVAL_CENTIS / 10, ADDRESS);
  }
}
