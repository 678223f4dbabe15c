package io.keepstream.notifier.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/** The child: one KRaft node that ends when its standard input does. */
public final class BrokerMain {
  static final String READY = "broker is ready";
  private static final String CLUSTER_ID = "q1Sh-9_ISia_zwGINzRvyQ";

  private BrokerMain() {}

  /** Runs the node configured by the file {@code arguments[0]}. */
  public static void main(String[] arguments) throws IOException {
    String[] format = {"format", "--ignore-formatted", "-t", CLUSTER_ID, "-c", arguments[0]};
    if (StorageTool.execute(format, System.out) != 0) {
      throw new IOException("cannot format the storage");
    }
    Properties properties = new Properties();
    try (InputStream file = Files.newInputStream(Path.of(arguments[0]))) {
      properties.load(file);
    }
    KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
    server.startup();
    System.out.println(READY);
    while (System.in.read() >= 0) {
      // Nothing is expected but the end.
    }
    server.shutdown();
    System.exit(0);
  }
}
