package io.keepstream.notifier.edge;

import static io.keepstream.contract.event.VrrpState.BACKUP;
import static io.keepstream.contract.event.VrrpState.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.notifier.Events;
import io.keepstream.notifier.broker.KafkaBroker;
import io.keepstream.notifier.config.EventStream;
import io.keepstream.notifier.config.NotifierConfig;
import io.keepstream.notifier.config.Scripts;
import io.keepstream.testkit.peer.TestCertificate;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that wants TLS and a password, reached by properties of the configuration alone. */
class KafkaSecurityTest {
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\""
          + " password=\"%s\"%s;";

  @TempDir Path directory;

  @Test
  void anyPropertyOfTheClientCanBeGiven() throws Exception {
    TestCertificate certificate = TestCertificate.in(directory);
    int port = KafkaBroker.freePort();
    KafkaBroker broker =
        KafkaBroker.in(directory, settings(certificate), ",SECURE://127.0.0.1:" + port).start();
    try {
      Map<String, String> properties = new HashMap<>();
      properties.put("security.protocol", "SASL_SSL");
      properties.put("ssl.truststore.type", "PEM");
      properties.put("ssl.truststore.location", certificate.pem().toString());
      properties.put("sasl.mechanism", "PLAIN");
      properties.put("sasl.jaas.config", LOGIN.formatted("lb", "wrong", ""));
      try (RunningNotifier notifier = notifier(port, properties)) {
        notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
        assertThat(notifier.nextSaid().summary())
            .startsWith("Delivery to kafka edge.transitions fails")
            .doesNotContain("wrong");
      }
      properties.put("sasl.jaas.config", LOGIN.formatted("lb", "swordfish", ""));
      try (RunningNotifier notifier = notifier(port, properties)) {
        notifier.publish(Events.instance("VI_1", BACKUP, MASTER));
        notifier.awaitDelivered("kafka edge.transitions", 1);
        assertThat(broker.read("edge.transitions", 1)).hasSize(1);
      }
    } finally {
      broker.stop();
    }
  }

  private static Map<String, String> settings(TestCertificate certificate) {
    String login = LOGIN.formatted("admin", "admin", " user_lb=\"swordfish\"");
    return Map.of(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:SASL_SSL",
        "listener.name.secure.sasl.enabled.mechanisms",
        "PLAIN",
        "listener.name.secure.plain.sasl.jaas.config",
        login,
        "listener.name.secure.ssl.keystore.location",
        certificate.keyStore().toString(),
        "listener.name.secure.ssl.keystore.type",
        "PKCS12",
        "listener.name.secure.ssl.keystore.password",
        TestCertificate.PASSWORD);
  }

  private static RunningNotifier notifier(int port, Map<String, String> properties) {
    EventStream stream = new EventStream("127.0.0.1:" + port, "edge", true, properties);
    return RunningNotifier.with(
        new NotifierConfig(
            Scripts.NONE, List.of(), List.of(), Optional.of(stream), Optional.empty()));
  }
}
