package io.keepstream.node.packaging;

import io.keepstream.lab.Commands;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** What {@code ./keepstream test} has made before these tests; without it, they are skipped. */
final class Built {
  private static final Path DEBIAN =
      Path.of("..", "testkit", "debian-image", "target", "rootfs.tar");

  private static final Path KAFKA = Path.of("..", "testkit", "kafka-image", "target", "kafka.tar");

  private static final Path COMPOSE =
      Path.of("..", "testkit", "compose-v2", "target", "docker-compose");

  private Built() {}

  /** The Debian package. */
  static Path debianPackage() throws IOException {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(Path.of("target"), "keepstream_*.deb")) {
      var each = found.iterator();
      Assumptions.assumeTrue(each.hasNext(), "needs the package; ./keepstream package makes it");
      return each.next().toAbsolutePath();
    }
  }

  /** An archive with a small Debian. */
  static Path debian() {
    return present(DEBIAN, "a small Debian; testkit/debian-image/build makes it");
  }

  /** The search path for programs with Compose v2 in front, where the usual one may be older. */
  static String pathWithComposeV2() {
    return "PATH=%s:%s"
        .formatted(COMPOSE.toAbsolutePath().normalize().getParent(), System.getenv("PATH"));
  }

  /** Skips a test without Compose v2. */
  static void assumeComposeV2() {
    present(COMPOSE, "Compose v2; testkit/compose-v2/get gets it");
  }

  /** An archive with the image of a Kafka broker. */
  static Path kafka() {
    return present(KAFKA, "an image of Kafka; testkit/kafka-image/build makes it");
  }

  private static Path present(Path file, String need) {
    Assumptions.assumeTrue(Files.exists(file), "needs " + need);
    return file.toAbsolutePath().normalize();
  }

  /** Unpacks a small Debian into {@code folder}. */
  static Path unpackDebian(Path folder) throws IOException {
    Path root = Files.createDirectory(folder);
    Commands.run("tar", "-C", root.toString(), "-xf", debian().toString()).orThrow("tar");
    return root;
  }
}
