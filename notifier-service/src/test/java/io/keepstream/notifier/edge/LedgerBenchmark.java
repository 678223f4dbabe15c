package io.keepstream.notifier.edge;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Envelope;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.broker.KafkaBroker;
import io.keepstream.notifier.config.EventStream;
import io.keepstream.notifier.config.Fifo;
import io.keepstream.notifier.config.JournalSettings;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.notifier.delivery.Progress.Cursor;
import io.keepstream.notifier.edge.JournalInput.Entry;
import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** How fast events are written down and delivered: {@code ./keepstream benchmark}. */
@EnabledIfSystemProperty(named = "keepstream.benchmark", matches = "true")
class LedgerBenchmark {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String TOPIC = "edge.transitions";
  private static final int SUBJECTS = 64;

  @TempDir Path directory;

  @Test
  void eventsWrittenAndOnTheDiskPerSecond() throws Exception {
    int events = 200_000;
    CountDownLatch all = new CountDownLatch(1);
    JournalDirectory open = JournalDirectory.open(directory);
    SegmentOutput output =
        new SegmentOutput(open, 1, JournalSettings.DEFAULT_RETENTION, InstantSource.system());
    JournalWriter writer = new JournalWriter(output, new Until(events, all::countDown), events + 1);
    Envelope event = Events.envelope(1, Events.instance("VI_1", BACKUP, MASTER));
    long startedNanos = System.nanoTime();
    for (int number = 1; number <= events; number++) {
      writer.append(new Entry(number, event));
    }
    assertThat(all.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    writer.close();
    print("journal, events per second", "%.0f".formatted(events / seconds));
  }

  @Test
  void aMillionUndeliveredEventsDoNotHoldUpAStart() throws Exception {
    int events = 1_000_000;
    write(events);
    Path fifo = fifo();
    SinkFiles files = SinkFiles.open(directory);
    files.file("fifo " + fifo).save(new Cursor(1, List.of()));
    try (RandomAccessFile holder = new RandomAccessFile(fifo.toFile(), "rw");
        BufferedReader lines = reader(fifo)) {
      long startedNanos = System.nanoTime();
      try (var _ = RunningNotifier.with(fifoConfig(fifo))) {
        assertThat(lines.readLine()).startsWith("INSTANCE \"VI_1\"");
        print("start with a million undelivered events, s until delivering", seconds(startedNanos));
        for (int line = 2; line <= 200_000; line++) {
          lines.readLine();
        }
        print("200000 of them delivered to a FIFO, s", seconds(startedNanos));
        System.gc();
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        print("heap then, MB", Long.toString(heap >> 20));
      }
      assertThat(holder.getFD().valid()).isTrue();
    }
  }

  @Test
  void fromTheBusToALineInAFifo() throws Exception {
    Path fifo = fifo();
    List<Long> micros = new ArrayList<>();
    try (RandomAccessFile holder = new RandomAccessFile(fifo.toFile(), "rw");
        BufferedReader lines = reader(fifo);
        RunningNotifier notifier = RunningNotifier.with(fifoConfig(fifo))) {
      for (int sample = 0; sample < 4_000; sample++) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        long publishedNanos = System.nanoTime();
        notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
        lines.readLine();
        if (sample >= 1_000) {
          micros.add((System.nanoTime() - publishedNanos) / 1_000);
        }
      }
      assertThat(holder.getFD().valid()).isTrue();
    }
    print("bus to FIFO line, us", quantiles(micros));
  }

  @Test
  void fromTheBusToTheBrokerAtAThousandEventsPerSecond() throws Exception {
    KafkaBroker broker = KafkaBroker.in(Files.createDirectory(directory.resolve("broker"))).start();
    EventStream stream = new EventStream(broker.bootstrapServers(), "edge", true, Map.of());
    NotifierConfig config =
        new NotifierConfig(
            Scripts.NONE, List.of(), List.of(), Optional.of(stream), Optional.empty());
    int warm = 5_000;
    int events = 15_000;
    long[] publishedNanos = new long[events + 1];
    try (RunningNotifier notifier = RunningNotifier.with(config.withJournal(journal()))) {
      notifier.publish(Events.instance("VI_0", BACKUP, MASTER));
      notifier.awaitDelivered("kafka " + TOPIC, 1);
      try (KafkaConsumer<String, String> consumer = consumer(broker)) {
        Thread publishing =
            Thread.ofPlatform().start(() -> publish(notifier, publishedNanos, events));
        List<Long> micros = consume(consumer, publishedNanos, events, warm);
        publishing.join();
        print("bus to a consumer by way of Kafka at 1000 events/s, us", quantiles(micros));
      }
    } finally {
      broker.stop();
    }
  }

  private static void publish(RunningNotifier notifier, long[] publishedNanos, int events) {
    long startNanos = System.nanoTime();
    for (int event = 1; event <= events; event++) {
      long dueNanos = startNanos + TimeUnit.MILLISECONDS.toNanos(event);
      while (System.nanoTime() < dueNanos) {
        LockSupport.parkNanos(dueNanos - System.nanoTime());
      }
      publishedNanos[event] = System.nanoTime();
      notifier.publish(Events.instance("VI_" + event % SUBJECTS, BACKUP, MASTER));
    }
  }

  private static KafkaConsumer<String, String> consumer(KafkaBroker broker) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "fetch.max.wait.ms", 100);
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(TOPIC).stream()
            .map(partition -> new TopicPartition(TOPIC, partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  private static List<Long> consume(
      KafkaConsumer<String, String> consumer, long[] publishedNanos, int events, int warm) {
    List<Long> micros = new ArrayList<>();
    int seen = 0;
    while (seen < events) {
      var records = consumer.poll(Duration.ofMillis(100));
      long nowNanos = System.nanoTime();
      for (var record : records) {
        byte[] header = record.headers().lastHeader("ce_sequence").value();
        int event = Integer.parseInt(new String(header, StandardCharsets.UTF_8)) - 1;
        if (!record.key().startsWith("vrrp/")) {
          continue;
        }
        seen++;
        if (seen > warm) {
          micros.add((nowNanos - publishedNanos[event]) / 1_000);
        }
      }
    }
    return micros;
  }

  private void write(int events) throws IOException {
    try (JournalDirectory open = JournalDirectory.open(directory)) {
      SegmentOutput output =
          new SegmentOutput(open, 1, JournalSettings.DEFAULT_RETENTION, InstantSource.system());
      for (int next = 1; next <= events; next += 1_000) {
        List<Entry> entries = new ArrayList<>();
        for (int number = next; number < next + 1_000; number++) {
          String instance = "VI_" + number % SUBJECTS;
          entries.add(
              new Entry(
                  number, Events.envelope(number, Events.instance(instance, BACKUP, MASTER))));
        }
        output.write(entries, gone -> {});
      }
      output.close();
    }
  }

  private Path fifo() throws Exception {
    Path fifo = directory.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    return fifo;
  }

  private static BufferedReader reader(Path fifo) throws IOException {
    return new BufferedReader(new FileReader(fifo.toFile(), StandardCharsets.UTF_8));
  }

  private NotifierConfig fifoConfig(Path path) {
    Fifo fifo = new Fifo(path, Fifo.Lines.ALL, Optional.empty(), Optional.empty());
    return new NotifierConfig(
            Scripts.NONE, List.of(fifo), List.of(), Optional.empty(), Optional.empty())
        .withJournal(journal());
  }

  private JournalSettings journal() {
    return new JournalSettings(directory, JournalSettings.DEFAULT_RETENTION);
  }

  private static String seconds(long startedNanos) {
    return String.format(Locale.ROOT, "%.2f", (System.nanoTime() - startedNanos) / 1e9);
  }

  private static String quantiles(List<Long> micros) {
    long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "median %d, 99 %% %d, longest %d",
        sorted[sorted.length / 2],
        sorted[sorted.length * 99 / 100],
        Arrays.stream(sorted).max().orElseThrow());
  }

  private static void print(String what, String figure) {
    System.out.printf("| %s | %s |%n", what, figure);
  }

  /** Waits for one number to be on the disk. */
  private record Until(long number, Runnable reached) implements JournalWriter.Listener {
    @Override
    public void written(long written) {}

    @Override
    public void forced(long forced, long tookNanos) {
      if (forced >= number) {
        reached.run();
      }
    }

    @Override
    public void refused(IOException why) {
      throw new AssertionError(why);
    }

    @Override
    public void dropped(long from, long to, String reason) {}
  }
}
