package io.keepstream.notifier.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Bus;
import io.keepstream.contract.Service;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.notifier.broker.KafkaBroker;
import io.keepstream.runtime.ContractCodec;
import io.keepstream.runtime.ContractJson;
import io.keepstream.runtime.link.DropReason;
import io.keepstream.runtime.link.edge.EventLink;
import io.keepstream.runtime.link.edge.LinkListener;
import io.keepstream.testkit.KernelTest;
import io.keepstream.testkit.Proves;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Thousands of transitions from several processes' worth of sources, while the notifier is killed
 * at random, the broker is killed and comes back, the webhook's target answers 500, hangs and
 * resets, the reader of the FIFO sleeps, and the disk fills up.
 */
@KernelTest
class TortureTest {
  private static final long SEED = 20_260_102;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final List<Service> SOURCES =
      List.of(Service.ELECTION, Service.HEALTH, Service.LVS);
  private static final int SUBJECTS = 12;
  private static final int EVENTS_PER_SUBJECT = 60;
  private static final int EVENTS = SOURCES.size() * SUBJECTS * EVENTS_PER_SUBJECT;
  private static final int ROUNDS = 5;

  private final NamespaceLab lab = NamespaceLab.create();
  private final Path directory = lab.directory();
  private final Random random = new Random(SEED);
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(2));
  private final List<Publisher> publishers = new ArrayList<>();
  private final Arrivals fifo = new Arrivals("fifo");
  private final Arrivals hook = new Arrivals("webhook");
  private final Arrivals stream = new Arrivals("kafka");
  private final Arrivals scripts = new Arrivals("scripts");
  private KafkaBroker broker;
  private ShakyTarget target;
  private Process notifier;
  private int kills;

  @BeforeEach
  void prepare() throws Exception {
    lab.own(() -> get(vertx.close()));
    Files.createDirectory(
        directory.resolve("link"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createDirectory(directory.resolve("disk"));
    String disk = directory.resolve("disk").toString();
    run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk);
    lab.own(() -> run("umount", disk));
    run("mkfifo", directory.resolve("fifo").toString());
    // While it is held open, what is in it outlives its writers.
    lab.own(new RandomAccessFile(directory.resolve("fifo").toFile(), "rw"));
    Path script = directory.resolve("notify");
    Files.writeString(script, "#!/bin/sh\necho \"$2 $4\" >> " + directory.resolve("ran") + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    broker = KafkaBroker.in(Files.createDirectory(directory.resolve("broker")));
    lab.own(broker::stop);
    broker.start();
    target = lab.own(new ShakyTarget(SEED, hook));
    SleepyReader.start(directory.resolve("fifo"), SEED, fifo);
    link();
    lab.own(this::endNotifier);
  }

  private void link() throws Exception {
    ContractCodec.register(vertx);
    EventLink link =
        new EventLink(
            directory.resolve("link"),
            "others",
            Set.of(Bus.EVENTS, Bus.SNAPSHOTS),
            new Nobody(),
            new SimpleMeterRegistry());
    get(vertx.deployVerticle(link));
    for (Service service : SOURCES) {
      Publisher publisher = new Publisher(service);
      get(vertx.deployVerticle(publisher));
      link.export(publisher.addresses());
      publishers.add(publisher);
    }
  }

  private void endNotifier() throws InterruptedException {
    if (notifier != null) {
      notifier.destroyForcibly().waitFor();
    }
  }

  @AfterEach
  void cleanUp() {
    lab.close();
  }

  @Test
  @Proves("FI-21")
  void everyEventGetsToEveryoneInOrder() throws Exception {
    notifier = startNotifier();
    for (int round = 0; round < ROUNDS; round++) {
      torment(round);
    }
    target.calmDown();
    awaitAll();
    System.out.printf(
        "torture with seed %d: %d events of %d sources about %d subjects, notifier killed %d times:"
            + " %s%n",
        SEED,
        EVENTS,
        SOURCES.size(),
        SOURCES.size() * SUBJECTS,
        kills,
        List.of(fifo, hook, stream, scripts));
    fifo.assertComplete(EVENTS);
    hook.assertComplete(EVENTS);
    stream.assertComplete(EVENTS);
    scripts.assertComplete(EVENTS_PER_SUBJECT);
    assertThat(kills).isEqualTo(ROUNDS - 1);
  }

  /** Whatever is missing when time is over is told by the assertions that follow. */
  private void awaitAll() throws Exception {
    long untilNanos = System.nanoTime() + LIMIT.toNanos();
    while (!(localArrived() && streamed() == EVENTS) && System.nanoTime() < untilNanos) {
      TimeUnit.MILLISECONDS.sleep(300);
    }
    if (!localArrived()) {
      System.out.println(Files.readString(directory.resolve("notifier.log")));
    }
    broker.readAll("edge.transitions").forEach(this::take);
    for (String line : Files.readAllLines(directory.resolve("ran"))) {
      String[] words = line.split(" ", -1);
      scripts.add(words[0], Integer.parseInt(words[1]));
    }
  }

  /** A fifth of all events, and something that breaks among them. */
  private void torment(int round) throws Exception {
    int perRound = EVENTS_PER_SUBJECT / ROUNDS;
    int breakAt = random.nextInt(perRound);
    Path filler = directory.resolve("disk").resolve("filler");
    for (int step = 0; step < perRound; step++) {
      int count = round * perRound + step + 1;
      for (Publisher publisher : publishers) {
        String service = SOURCES.get(publishers.indexOf(publisher)).label();
        for (int subject = 0; subject < SUBJECTS; subject++) {
          publisher.publish(service + "-" + subject, count);
        }
      }
      TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(50));
      if (step == breakAt) {
        breakSomething(round, filler);
      }
    }
    Files.deleteIfExists(filler);
    if (round == 2) {
      broker.start();
    }
  }

  private void breakSomething(int round, Path filler) throws Exception {
    switch (round) {
      case 0 -> fill(filler);
      case 1 -> {
        broker.kill();
        killNotifier();
      }
      case 2 -> killNotifier();
      case 3 -> {
        fill(filler);
        killNotifier();
        killNotifier();
      }
      default -> {
        broker.kill();
        broker.start();
      }
    }
  }

  /** The disk has no room left. */
  private static void fill(Path filler) {
    byte[] block = new byte[1 << 16];
    try (var out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // It is full now.
    }
  }

  private void killNotifier() throws Exception {
    endNotifier();
    kills++;
    notifier = startNotifier();
    TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
  }

  private Process startNotifier() throws IOException {
    return NotifierChild.start(directory, target.port(), broker.bootstrapServers());
  }

  private boolean localArrived() throws IOException {
    Path ran = directory.resolve("ran");
    return fifo.distinct() == EVENTS
        && hook.distinct() == EVENTS
        && Files.exists(ran)
        && Files.readAllLines(ran).stream().distinct().count() == EVENTS_PER_SUBJECT;
  }

  /** A broker that has just come back may not answer yet. */
  private long streamed() {
    try {
      return broker.readAll("edge.transitions").stream()
          .filter(record -> record.key().startsWith("vrrp/"))
          .map(record -> record.key() + record.value())
          .distinct()
          .count();
    } catch (KafkaException e) {
      return 0;
    }
  }

  private void take(ConsumerRecord<String, String> record) {
    if (record.key().startsWith("vrrp/")) {
      try {
        int count =
            ContractJson.mapper().readTree(record.value()).path("priority").path("base").asInt();
        stream.add(record.key().substring("vrrp/".length()), count);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private record Nobody() implements LinkListener {
    @Override
    public void joined(String peer, Set<String> exports) {}

    @Override
    public void left(String peer, DropReason reason) {}
  }
}
