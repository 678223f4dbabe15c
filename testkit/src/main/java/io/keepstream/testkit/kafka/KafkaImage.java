package io.keepstream.testkit.kafka;

import io.keepstream.lab.Commands;
import java.util.Optional;

/**
 * The image of a Kafka broker that keeps the contract of {@code apache/kafka}.
 *
 * <pre>{@code
 * KafkaImage.unavailable().ifPresent(Assumptions::abort);
 * var image = DockerImageName.parse(KafkaImage.NAME).asCompatibleSubstituteFor("apache/kafka");
 * try (KafkaContainer kafka = new KafkaContainer(image)) {
 *   kafka.start();
 * }
 * }</pre>
 */
public final class KafkaImage {
  /** The image's name and tag; the tag is Kafka's version. */
  public static final String NAME = "local/kafka:4.4.0";

  private KafkaImage() {}

  /** Why no container of this image can run here, in one sentence; empty if one can. */
  public static Optional<String> unavailable() {
    if (!Commands.exists("docker") || Commands.run("docker", "info").status() != 0) {
      return Optional.of("needs a Docker engine that answers; ./keepstream test starts one");
    }
    return Commands.run("docker", "image", "inspect", NAME).status() == 0
        ? Optional.empty()
        : Optional.of("needs the image " + NAME + "; testkit/kafka-image/build makes it");
  }
}
