package io.keepstream.notifier.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** One broker on loopback that can be started, killed and started again on the same data. */
public final class KafkaBroker {
  private static final Duration READ_LIMIT = Duration.ofSeconds(20);

  private final Path directory;
  private final int port;
  private Process process;

  private KafkaBroker(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /** A broker that keeps its data in {@code directory}, not started yet. */
  public static KafkaBroker in(Path directory) throws IOException {
    return in(directory, Map.of(), "");
  }

  /** With more settings, and one more listener that they are about. */
  public static KafkaBroker in(Path directory, Map<String, String> settings, String listener)
      throws IOException {
    int port = freePort();
    int controllerPort = freePort();
    Properties properties = new Properties();
    properties.putAll(
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
            Map.entry(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d%s"
                    .formatted(port, controllerPort, listener)),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("log.dirs", directory.resolve("data").toString()),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("num.partitions", "3"),
            // Else a broker that was killed is not let in again for nine seconds.
            Map.entry("broker.session.timeout.ms", "1000"),
            Map.entry("broker.heartbeat.interval.ms", "200"),
            Map.entry("num.network.threads", "1"),
            Map.entry("num.io.threads", "2"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("log.cleaner.dedupe.buffer.size", "2097152")));
    properties.putAll(settings);
    try (var file = Files.newBufferedWriter(directory.resolve("server.properties"))) {
      properties.store(file, null);
    }
    return new KafkaBroker(directory, port);
  }

  /** Returns when the broker serves. */
  public KafkaBroker start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx160m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(BrokerMain.class.getName());
    command.add(directory.resolve("server.properties").toString());
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader output = process.inputReader();
    List<String> lines = new ArrayList<>();
    String line = output.readLine();
    while (line != null && !line.equals(BrokerMain.READY)) {
      lines.add(line);
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("the broker ended: " + String.join("\n", lines));
    }
    Thread.ofVirtual().start(() -> output.lines().forEach(rest -> {}));
    return this;
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Where clients connect. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The first {@code count} records of {@code topic}, those of a partition in order. */
  public List<ConsumerRecord<String, String>> read(String topic, int count) {
    return read(bootstrapServers(), topic, count);
  }

  /** All records of {@code topic} now; none while it is not there. */
  public List<ConsumerRecord<String, String>> readAll(String topic) {
    Map<String, Object> config =
        Map.of("bootstrap.servers", bootstrapServers(), "default.api.timeout.ms", 3_000);
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      if (!consumer.listTopics().containsKey(topic)) {
        return records;
      }
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .collect(Collectors.toList());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** As {@link #read(String, int)}, from any broker. */
  public static List<ConsumerRecord<String, String>> read(
      String bootstrapServers, String topic, int count) {
    Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    long startedNanos = System.nanoTime();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .collect(Collectors.toList());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (records.size() < count && System.nanoTime() - startedNanos < READ_LIMIT.toNanos()) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** Ends it politely, if it was ever started. */
  public void stop() throws IOException, InterruptedException {
    if (process == null) {
      return;
    }
    process.getOutputStream().close();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** One that nobody listens on. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
